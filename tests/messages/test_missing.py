"""What customers should have been told and were not; and how often the provider took what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data import messages
from services import profile
from services.messages import missing, outbox
from services.messages.states import MessageEventKind, MessageState
from services.orders.statuses import ActionName as A
from services.people import MERCHANT
from services.shop import Shop
from tests.messages.invented import mail
from tests.orders.moving import do
from tests.orders.sample import NOW, draft, keep

LATER = NOW + timedelta(hours=3)


def accept(shop: Shop, *ids: str, times: int = 1) -> None:
    with shop.store.write() as write:
        messages.change(write, ids, {"state": MessageState.ACCEPTED.value, "provider_id": "sg-1"})
        for _time in range(times):
            messages.note(write, [(one, MessageEventKind.ACCEPTED.value, "sg-1") for one in ids], NOW)


def kinds(shop: Shop, now=LATER) -> list[str]:
    return sorted(one.template for one in missing.missing(shop, now))


def test_a_paid_order_without_a_confirmation_is_missing_one(any_shop: Shop):
    [order] = keep(any_shop, draft())
    [one] = missing.missing(any_shop, LATER)
    assert (one.template, one.order_id, one.state) == ("order_confirmation", order, None)
    missing.send(any_shop, one, MERCHANT, LATER)
    assert kinds(any_shop, LATER) == []
    # and when it does not leave either, it is missing again
    assert kinds(any_shop, LATER + timedelta(hours=2)) == ["order_confirmation"]


def test_a_shipped_parcel_without_a_mail_is_missing_one(shop: Shop):
    [order] = keep(shop, draft())
    answer = do(shop, order, A.MARK_SHIPPED)
    with shop.store.write() as write:
        write.execute("delete from messages where order_id = ?::uuid", [order])
    one = next(one for one in missing.missing(shop, LATER) if one.template == "order_shipped")
    assert one.shipment == answer.order.shipments[0].id
    missing.send(shop, one, MERCHANT, LATER)
    assert kinds(shop) == ["order_confirmation"]


@pytest.mark.parametrize(
    "why", ["muted", "no address", "chosen", "stopped", "sent", "waiting", "switched off", "too young", "long ago"]
)
def test_what_nobody_expects_is_not_missing(shop: Shop, why: str):
    [order] = keep(shop, draft(**{"muted": {"is_muted": True}, "no address": {"email": ""}}.get(why, {})))
    now = LATER
    row = mail(shop.settings, order_id=order, dedupe_key=f"order_confirmation:{order}", send_after=NOW, happened_at=NOW)
    if why in ("stopped", "sent", "waiting"):
        state = {"stopped": MessageState.CANCELLED, "sent": MessageState.ACCEPTED}.get(why, MessageState.WAITING)
        with shop.store.write() as write:
            outbox.put(write, [row | {"state": state.value, "send_after": LATER}])
    if why == "switched off":
        with shop.store.write() as write:
            profile.change(write, shop.settings, {"sends_order_confirmation": False}, "owner", NOW)
    if why == "chosen":
        with shop.store.write() as write:
            write.execute("update order_events set made_json = '{\"untold\": true}'")
    if why == "too young":
        now = NOW - timedelta(days=1)
    if why == "long ago":
        now = NOW + timedelta(days=60)
    assert kinds(shop, now) == []


def test_a_mail_that_failed_is_missing_and_is_sent_once_more_as_it_is(shop: Shop):
    [order] = keep(shop, draft())
    row = mail(shop.settings, order_id=order, dedupe_key=f"order_confirmation:{order}", happened_at=NOW)
    with shop.store.write() as write:
        outbox.put(write, [row | {"state": MessageState.FAILED.value}])
    [one] = missing.missing(shop, LATER)
    assert (one.state, one.message_id) == (MessageState.FAILED, row["id"])
    missing.send(shop, one, MERCHANT, LATER)
    assert outbox.message(shop, row["id"])["state"] == MessageState.WAITING


def test_the_proof_counts_what_was_taken_once_twice_and_never(any_shop: Shop):
    rows = [mail(any_shop.settings, happened_at=NOW, order_id=None, dedupe_key=f"k{place}") for place in range(4)]
    with any_shop.store.write() as write:
        outbox.put(write, rows)
    accept(any_shop, rows[0]["id"], rows[1]["id"])
    assert missing.proof(any_shop, 90, LATER) == missing.Proof(90, sent=2, doubled=0, missing=2)
    accept(any_shop, rows[2]["id"], times=2)
    assert missing.proof(any_shop, 90, LATER) == missing.Proof(90, sent=3, doubled=1, missing=1)
    with any_shop.store.write() as write:  # a person asked for the second one
        messages.note(write, [(rows[2]["id"], MessageEventKind.RETRIED.value, "")], NOW)
    assert missing.proof(any_shop, 90, LATER).doubled == 0


def test_each_mail_is_listed_with_the_providers_number(shop: Shop):
    row = mail(shop.settings, happened_at=NOW, order_id=None, recipient="=cmd@example.com")
    with shop.store.write() as write:
        outbox.put(write, [row])
    accept(shop, row["id"])
    head, line = "".join(missing.listed(shop, 90, LATER)).splitlines()
    assert head.startswith("\ufeffOrder,Mail")
    assert "'=cmd@example.com" in line and line.endswith("sg-1")
