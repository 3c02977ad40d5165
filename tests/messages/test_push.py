"""Push: enrolled browsers are told of new orders, once, sealed for each; who is gone is forgotten."""

from __future__ import annotations

import argparse
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from data import preferences, sources
from data.store import Row
from services import clock
from services.commands import send
from services.errors import Invalid, NotFound
from services.messages import claims, outbox, push, push_address, push_keys, push_sending
from services.messages.kinds import Channel
from services.messages.push_sending import STALE, send_some
from services.messages.states import MessageState
from services.orders.taking import take
from services.people import API, MERCHANT
from services.settings import Settings
from services.shop import Shop, opened
from tests.conftest import NOW
from tests.messages import push_service
from tests.messages.push_service import PushService, proof

ORDER = {"currency": "EUR", "number": "2041", "lines": [{"name": "Mug", "quantity": 2, "unit_price": "12.50"}]}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """A push service of this machine."""
    monkeypatch.setattr(push_address, "is_local_allowed", True)
    with push_service.serving() as serving:
        yield serving


def placed(shop: Shop, **more: object) -> str:
    return take(shop, ORDER | more, API).order.id


def pushes(shop: Shop) -> list[Row]:
    return [row for row in reversed(outbox.page(shop).rows) if row["channel"] == Channel.PUSH]


def later(**much: float):
    return clock.now() + timedelta(**much)


def test_a_new_order_is_told_to_every_browser_with_number_sum_and_link(any_shop: Shop, service: PushService) -> None:
    one, other = service.browser("one"), service.browser("other")
    for browser in (one, other):
        push.enrol(any_shop, browser.subscription, "Firefox, Linux", MERCHANT)
    order_id = placed(any_shop)
    assert send_some(any_shop, later(seconds=1)) == 2
    assert send_some(any_shop, later(seconds=1)) == 0
    assert {path for path, _headers, _body in service.taken} == {"/one", "/other"}
    bodies = {path: body for path, _headers, body in service.taken}
    for browser, path in ((one, "/one"), (other, "/other")):
        told = browser.opened(bodies[path])
        assert told["title"] == "New order #2041"
        assert told["body"] == "€25.00 · Chez Élise"
        assert told["path"] == f"/order?id={order_id}"
        assert "2041" not in str(bodies[path])
    assert [(row["state"], row["recipient"]) for row in pushes(any_shop)] == [
        (MessageState.ACCEPTED, "Firefox, Linux")
    ] * 2
    assert all(browser.last_push_at for browser in push.browsers(any_shop))


def test_a_push_is_signed_by_the_shop_for_this_service_and_not_for_long(shop: Shop, service: PushService) -> None:
    push.enrol(shop, service.browser().subscription, "", MERCHANT)
    placed(shop)
    send_some(shop, later(seconds=1))
    [(_path, headers, _body)] = service.taken
    claims_made, key = proof(headers["Authorization"])
    assert claims_made["aud"] == service.url
    assert claims_made["sub"] == "mailto:no-reply@example.com"
    assert 0 < claims_made["exp"] - time.time() <= 24 * 3600
    assert key == push_keys.keys(shop, NOW).public
    assert headers["Content-Encoding"] == "aes128gcm"
    assert int(headers["TTL"]) > 0


def test_the_shops_keys_are_made_once_and_their_private_half_is_sealed(any_shop: Shop) -> None:
    made = push_keys.keys(any_shop, NOW)
    assert push_keys.keys(any_shop, NOW) == made
    with any_shop.store.read() as read:
        assert made.private not in str(preferences.every(read))


def test_keys_that_this_installation_cannot_open_are_made_anew_and_browsers_enrol_again(
    shop: Shop, service: PushService
) -> None:
    made = push_keys.keys(shop, NOW)
    push.enrol(shop, service.browser().subscription, "Phone", MERCHANT)
    shop.settings = replace(shop.settings, secret="another one")
    assert push_keys.keys(shop, NOW) != made
    assert push.browsers(shop) == []


def test_the_shops_language_speaks_and_the_same_order_is_told_once(shop: Shop, service: PushService) -> None:
    shop.settings = replace(shop.settings, language="fr")
    browser = service.browser()
    push.enrol(shop, browser.subscription, "", MERCHANT)
    placed(shop, source="shop", source_id="7")
    placed(shop, source="shop", source_id="7")
    send_some(shop, later(seconds=1))
    [(_path, _headers, body)] = service.taken
    assert browser.opened(body)["title"] == "Nouvelle commande #2041"
    assert browser.opened(body)["body"] == "25,00\u00a0€ · Chez Élise"


def test_a_silent_order_is_not_told(shop: Shop, service: PushService) -> None:
    push.enrol(shop, service.browser().subscription, "", MERCHANT)
    placed(shop, silent=True)
    assert pushes(shop) == []


def test_without_browsers_nothing_is_drafted(shop: Shop) -> None:
    placed(shop)
    assert pushes(shop) == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(shop: Shop, service: PushService, status: int) -> None:
    push.enrol(shop, service.browser().subscription, "", MERCHANT)
    placed(shop)
    placed(shop, number="2042")
    service.statuses = [status] * 2
    while send_some(shop, later(seconds=1)):
        pass
    assert push.browsers(shop) == []
    assert {row["state"] for row in pushes(shop)} == {MessageState.CANCELLED}
    placed(shop, number="2043")
    assert len(pushes(shop)) == 2


def test_a_service_that_is_busy_is_tried_again_when_it_says(shop: Shop, service: PushService) -> None:
    push.enrol(shop, service.browser().subscription, "", MERCHANT)
    placed(shop)
    service.statuses = [429, 500]
    now = later(seconds=1)
    send_some(shop, now)
    [row] = pushes(shop)
    assert (row["state"], row["send_after"]) == (MessageState.WAITING, now + timedelta(seconds=7))
    assert "429" in push.browsers(shop)[0].error
    send_some(shop, now + timedelta(seconds=7))
    send_some(shop, now + timedelta(seconds=90))
    assert len(service.taken) == 1
    assert pushes(shop)[0]["state"] == MessageState.ACCEPTED
    assert push.browsers(shop)[0].error == ""


def test_a_service_that_is_not_there_is_tried_again_until_it_is_no_news(shop: Shop, service: PushService) -> None:
    browser = service.browser()
    browser.endpoint = "http://127.0.0.1:9/x"
    push.enrol(shop, browser.subscription, "", MERCHANT)
    placed(shop)
    send_some(shop, later(seconds=1))
    assert pushes(shop)[0]["state"] == MessageState.WAITING
    send_some(shop, later(seconds=1) + STALE + timedelta(minutes=1))
    assert pushes(shop)[0]["state"] == MessageState.CANCELLED


def test_a_redirect_is_not_followed(shop: Shop, service: PushService) -> None:
    push.enrol(shop, service.browser().subscription, "", MERCHANT)
    placed(shop)
    service.statuses = [302]
    send_some(shop, later(seconds=1))
    assert service.taken == []
    assert pushes(shop)[0]["state"] == MessageState.FAILED


def test_the_command_pushes_what_is_due_once_also_where_no_mail_is_set_up(
    embedded_settings: Settings, service: PushService, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(embedded_settings) as shop:
        push.enrol(shop, service.browser().subscription, "", MERCHANT)
        placed(shop)
    for said in ("1 messages taken.", "0 messages taken."):
        assert send.run(argparse.Namespace(once=True), embedded_settings) == 0
        assert capsys.readouterr().out.strip() == said
    assert len(service.taken) == 1


def test_killed_while_pushing_it_is_pushed_again(shop: Shop, service: PushService, monkeypatch) -> None:
    push.enrol(shop, service.browser().subscription, "", MERCHANT)
    placed(shop)

    class Killed(BaseException):
        """The process ends here."""

    def die(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(push_sending, "_settle", die)
        with pytest.raises(Killed):
            send_some(shop, later(seconds=1))
    assert pushes(shop)[0]["state"] == MessageState.SENDING
    claims.recover(shop, later(seconds=2))
    send_some(shop, later(seconds=3))
    first, second = service.taken
    assert first[1]["Topic"] == second[1]["Topic"]  # the second takes the first one's place
    assert pushes(shop)[0]["state"] == MessageState.ACCEPTED


def test_a_browser_is_tried_and_removed(shop: Shop, service: PushService) -> None:
    browser = service.browser()
    enrolled = push.enrol(shop, browser.subscription, "Chrome, Android", MERCHANT)
    push.try_out(shop, enrolled.id, MERCHANT)
    send_some(shop, later(seconds=1))
    [(_path, _headers, body)] = service.taken
    assert browser.opened(body)["path"] == "/"
    placed(shop)
    push.remove(shop, enrolled.id, MERCHANT)
    assert pushes(shop)[-1]["state"] == MessageState.CANCELLED
    assert send_some(shop, later(seconds=1)) == 0
    with pytest.raises(NotFound):
        push.remove(shop, enrolled.id, MERCHANT)


def test_orders_that_are_taken_out_take_their_pushes_along(any_shop: Shop, service: PushService) -> None:
    push.enrol(any_shop, service.browser().subscription, "", MERCHANT)
    placed(any_shop)
    with any_shop.store.write() as write:
        sources.remove(write, "api")
        assert write.value("select count(*) from push_messages") == 0


def test_a_browser_is_enrolled_once(shop: Shop, service: PushService) -> None:
    browser = service.browser()
    push.enrol(shop, browser.subscription, "Firefox", MERCHANT)
    push.enrol(shop, browser.subscription, "Firefox again", MERCHANT)
    assert [one.name for one in push.browsers(shop)] == ["Firefox again"]


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://push.example.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://10.1.2.3/x",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/x",
        "https://push.example.com:8080/x",
        "https://me:word@push.example.com/x",
        "https://push.example.com/a b",
        "https://push.example.com/" + "x" * 2000,
        "file:///etc/passwd",
        "https://push.example.com:port/x",
    ],
)
def test_an_address_that_leads_inside_or_nowhere_is_not_taken(shop: Shop, endpoint: str) -> None:
    given = push_service.Browser(endpoint).subscription
    with pytest.raises(Invalid):
        push.enrol(shop, given, "", MERCHANT)


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        "x",
        {},
        {"endpoint": "https://push.example.com/x"},
        {"endpoint": "https://push.example.com/x", "keys": {"p256dh": "BAAA", "auth": "AAAA"}},
        {"endpoint": "https://push.example.com/x", "keys": None},
    ],
)
def test_what_is_no_subscription_is_refused(shop: Shop, given: object) -> None:
    with pytest.raises(Invalid):
        push.enrol(shop, given, "", MERCHANT)


def test_a_name_that_leads_inside_is_not_called(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def inside(host: str, port: int, **_more: object) -> list:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", port))]

    def called(*_args: object) -> None:
        raise AssertionError("it was called")

    push.enrol(shop, push_service.Browser("https://push.example.com/x").subscription, "", MERCHANT)
    placed(shop)
    monkeypatch.setattr(socket, "getaddrinfo", inside)
    monkeypatch.setattr(socket, "create_connection", called)
    send_some(shop, later(seconds=1))
    assert pushes(shop)[0]["state"] == MessageState.WAITING
    assert "out of reach" in pushes(shop)[0]["error"]
