"""`POST /webhooks/sendgrid`: kept before anything else, answered by its signature."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from data import inbox
from services import clock
from services.inbox.letters import LARGEST_REFUSED, Outcome, Verdict
from services.messages.sendgrid_events import SIGNATURE
from services.shop import Shop
from services.web import keeping, webhooks
from tests.conftest import NOW
from tests.messages.webhook import KEY, event, signed
from tests.web.conftest import Web

PATH = "/webhooks/sendgrid"
OURS = "01958d9f-0000-7000-8000-000000000001"


@pytest.fixture
def hooked(shop: Shop, web: Web) -> Iterator[Web]:
    """A shop that knows SendGrid's key."""
    shop.settings = replace(shop.settings, sendgrid_webhook_key=KEY)
    yield web


def send(web: Web, body: bytes, headers: dict[str, str]) -> httpx.Response:
    return web.request("POST", PATH, content=body, headers=headers)


def kept(shop: Shop) -> list[dict]:
    with shop.store.read() as read:
        return read.rows("select * from inbox order by id")


def test_a_signed_webhook_is_kept_as_it_came_and_not_yet_digested(hooked: Web, shop: Shop) -> None:
    body, headers = signed([event(OURS, "delivered", NOW)], clock.now())
    assert send(hooked, body, headers).status_code == 200
    [row] = kept(shop)
    assert bytes(row["body"]) == body and body.endswith(b"\r\n")
    assert (row["verdict"], row["outcome"]) == (Verdict.VALID, Outcome.WAITING)


def test_a_bad_signature_is_a_401_and_kept_as_refused(hooked: Web, shop: Shop) -> None:
    body, headers = signed([event(OURS, "bounce", NOW)], clock.now())
    answer = send(hooked, body + b" " * LARGEST_REFUSED, headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert "signature" in answer.json()["detail"]
    assert send(hooked, body, {}).status_code == 401
    rows = kept(shop)
    assert {(row["verdict"], row["outcome"]) for row in rows} == {(Verdict.BAD, Outcome.REFUSED)}
    assert len(rows[0]["body"]) == LARGEST_REFUSED < rows[0]["size"]


def test_an_old_signature_is_taken_and_marked(hooked: Web, shop: Shop) -> None:
    assert send(hooked, *signed([], NOW)).status_code == 200
    assert [row["verdict"] for row in kept(shop)] == [Verdict.LATE]


def test_without_the_key_it_is_a_503_that_names_the_setting(web: Web, shop: Shop) -> None:
    answer = send(web, *signed([], clock.now()))
    assert answer.status_code == 503
    assert "SENDGRID_WEBHOOK_KEY" in answer.json()["detail"]
    assert kept(shop) == []


def test_what_is_no_list_of_events_is_kept_too(hooked: Web, shop: Shop) -> None:
    assert send(hooked, *signed(b"not json \xff\x00", clock.now())).status_code == 200
    assert [row["outcome"] for row in kept(shop)] == [Outcome.WAITING]


def test_a_body_without_end_is_refused_before_it_fills_the_memory(
    hooked: Web, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "LARGEST", 1000)
    assert send(hooked, *signed(b"x" * 1001, clock.now())).status_code == 413
    assert kept(shop) == []


def test_a_store_that_cannot_take_it_makes_the_sender_come_again(
    hooked: Web, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.errors import StoreBusy

    def busy(*_args: object) -> None:
        raise StoreBusy("Busy.")

    with monkeypatch.context() as failing:
        failing.setattr(inbox, "add", busy)
        answer = send(hooked, *signed([], clock.now()))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert send(hooked, *signed([], clock.now())).status_code == 200


def test_many_at_once_share_commits_and_every_one_is_kept(
    hooked: Web, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST", 40)
    bodies = [signed([event(OURS, "delivered", NOW, f"e{n}")], clock.now()) for n in range(300)]
    before = shop.store.changes

    async def all_at_once() -> list[int]:
        transport = httpx.ASGITransport(app=hooked.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8501") as client:
            answers = await asyncio.gather(*(client.post(PATH, content=b, headers=h) for b, h in bodies))
        return [answer.status_code for answer in answers]

    assert asyncio.run(all_at_once()) == [200] * 300
    assert sorted(json.loads(bytes(row["body"]))[0]["sg_event_id"] for row in kept(shop)) == sorted(
        f"e{n}" for n in range(300)
    )
    assert shop.store.changes - before < 60


def test_a_signature_of_another_body_does_not_help(hooked: Web) -> None:
    _body, headers = signed([event(OURS, "delivered", NOW)], clock.now())
    other, _ = signed([event(OURS, "bounce", NOW)], clock.now())
    assert send(hooked, other, headers).status_code == 401
    assert SIGNATURE in headers


def test_metrics_count_webhooks_by_what_became_of_them(hooked: Web) -> None:
    send(hooked, *signed([], clock.now()))
    send(hooked, b"[]", {})
    lines = hooked.get("/metrics").text.splitlines()
    assert 'comptoir_inbox{outcome="waiting",source="sendgrid"} 1.0' in lines
    assert 'comptoir_inbox{outcome="refused",source="sendgrid"} 1.0' in lines
