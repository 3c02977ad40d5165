"""The way of a message, from an order or an action to the provider."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from data import intake
from services.messages import outbox
from services.messages.states import MessageState
from services.messages.worker import turn
from services.orders import acting, reading, taking
from services.orders.acting import Request
from services.orders.draft import Draft, DraftLine
from services.orders.order import Order
from services.orders.rows import OrderRows
from services.orders.statuses import ActionName, EventKind
from services.people import API, IMPORT, MERCHANT
from services.shop import Shop
from tests.conftest import NOW
from tests.messages.provider import Provider

BODY: dict[str, Any] = {
    "number": "1001",
    "source": "till",
    "source_id": "A-1",
    "currency": "EUR",
    "email": "ines@example.com",
    "name": "Inès Kaba",
    "language": "fr",
    "payment_status": "paid",
    "lines": [{"name": "Tasse bleue", "quantity": 2, "unit_price": "15.00"}],
}
SHIPPED = {"carrier": "Colissimo", "tracking_number": "6A12345678901"}


def take(shop: Shop, **changes: Any) -> Order:
    return taking.take(shop, {**BODY, **changes}, API, now=NOW).order


def do(shop: Shop, action: ActionName, order: Order, params: dict[str, Any] | None = None, **more: Any):
    return acting.do(shop, Request(action, order.id, params=params or {}, **more), MERCHANT, NOW)


def sent(sendgrid: Provider) -> list[tuple[str, str]]:
    return sorted((r.body["personalizations"][0]["to"][0]["email"], r.body["subject"]) for r in sendgrid.taken)


def test_a_new_order_tells_the_customer_and_the_merchant_once(any_mailing: Shop, sendgrid: Provider):
    take(any_mailing)
    take(any_mailing)
    while turn(any_mailing, NOW):
        pass
    assert sent(sendgrid) == [
        ("elise@example.com", "Chez Élise, new order #1001"),
        ("ines@example.com", "Chez Élise\N{NO-BREAK SPACE}: votre commande #1001"),
    ]


def test_a_silent_order_tells_nobody(mailing: Shop, sendgrid: Provider):
    take(mailing, silent=True)
    assert turn(mailing, NOW + timedelta(days=1)) == 0
    assert outbox.page(mailing).total == 0


def test_marking_shipped_tells_the_customer_after_the_cooling_off(mailing: Shop, sendgrid: Provider):
    order = take(mailing, silent=True)
    do(mailing, ActionName.MARK_SHIPPED, order, SHIPPED)
    assert turn(mailing, NOW + timedelta(seconds=299)) == 0
    assert turn(mailing, NOW + timedelta(seconds=300)) == 1
    assert "6A12345678901" in sendgrid.taken[0].body["content"][0]["value"]


def test_undone_within_the_cooling_off_the_mail_never_leaves(mailing: Shop, sendgrid: Provider):
    order = take(mailing, silent=True)
    done = do(mailing, ActionName.MARK_SHIPPED, order, SHIPPED)
    do(mailing, ActionName.UNDO, order, {"event": done.event})
    assert turn(mailing, NOW + timedelta(days=1)) == 0
    assert sendgrid.taken == []
    assert [row["state"] for row in outbox.page(mailing).rows] == [MessageState.CANCELLED]


def test_a_message_that_was_stopped_stands_on_the_orders_timeline(any_mailing: Shop, sendgrid: Provider):
    order = take(any_mailing, silent=True)
    do(any_mailing, ActionName.MARK_SHIPPED, order, SHIPPED)
    [row] = outbox.page(any_mailing).rows
    outbox.stop(any_mailing, row["id"], MERCHANT)
    assert turn(any_mailing, NOW + timedelta(days=1)) == 0
    event = reading.order(any_mailing, order.id).events[-1]
    assert (event.kind, event.actor, event.cause) == (EventKind.MESSAGE_STOPPED, "merchant", row["id"])
    assert reading.order(any_mailing, order.id).messages[0].state == MessageState.CANCELLED


def test_shipped_again_after_an_undo_the_customer_is_told_again(mailing: Shop, sendgrid: Provider):
    order = take(mailing, silent=True)
    first = do(mailing, ActionName.MARK_SHIPPED, order, SHIPPED)
    do(mailing, ActionName.UNDO, order, {"event": first.event})
    do(mailing, ActionName.MARK_SHIPPED, order, {**SHIPPED, "tracking_number": "6A999"})
    assert turn(mailing, NOW + timedelta(days=1)) == 1
    assert "6A999" in sendgrid.taken[0].body["content"][0]["value"]


def test_a_status_can_change_without_a_mail(mailing: Shop, sendgrid: Provider):
    order = take(mailing, silent=True)
    do(mailing, ActionName.MARK_SHIPPED, order, SHIPPED, tell_customer=False)
    assert outbox.page(mailing).total == 0


def test_a_mail_can_be_sent_again_on_purpose(mailing: Shop, sendgrid: Provider):
    order = take(mailing)
    for _ in range(2):
        do(mailing, ActionName.RESEND, order, {"template": "order_confirmation"})
    while turn(mailing, NOW + timedelta(days=1)):
        pass
    assert [to for to, _ in sent(sendgrid)].count("ines@example.com") == 3


def test_an_import_tells_nobody_and_later_actions_do(mailing: Shop, sendgrid: Provider):
    line = DraftLine("Tasse bleue", Decimal(2), Decimal(15))
    draft = Draft("shopify", "1", "#1001", NOW, "EUR", (line,), Decimal(30), Decimal(30), email="ines@example.com")
    gathered = OrderRows()
    order_id = gathered.add(
        replace(draft, language="fr"), now=NOW, actor=IMPORT.name, event=EventKind.IMPORTED, raw="{}"
    )
    with mailing.store.write() as write:
        intake.add(write, gathered.rows, "Europe/Paris")
    assert outbox.page(mailing).total == 0
    acting.do(mailing, Request(ActionName.MARK_SHIPPED, order_id, params=SHIPPED), MERCHANT, NOW)
    assert turn(mailing, NOW + timedelta(days=1)) == 1
    assert sent(sendgrid) == [("ines@example.com", "Chez Élise\N{NO-BREAK SPACE}: votre commande #1001 est en route")]
