"""The inverse of an event: what comes back, what is stopped, what is refused with a sentence."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import gift_cards, messages
from services.errors import Conflict, Invalid
from services.messages import claims, outbox, results
from services.messages.sendgrid_edge import NotSent
from services.orders import acting
from services.orders.acting import Request
from services.orders.statuses import ActionName, EventKind
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.moving import do, now, preview, same, undo
from tests.orders.sample import NOW, draft, keep, unpaid

A = ActionName


def test_shipping_undone_gives_the_order_back_and_the_mail_never_leaves(shop: Shop) -> None:
    [order] = keep(shop, draft())
    before = now(shop, order)
    shipped = do(shop, order, A.MARK_SHIPPED, tracking_number="6A123")
    seen = preview(shop, order, A.UNDO, event=shipped.event)
    assert [letter.message.state for letter in seen.messages] == ["cancelled"]
    answer = undo(shop, order, shipped)
    after = now(shop, order)
    assert answer.order == after
    assert same(after, before)
    assert [message.state for message in after.messages] == ["cancelled"]
    assert after.events[-1].kind is EventKind.UNDONE
    assert after.events[-1].undoes == after.events[-1].cause == shipped.event


def test_a_step_without_money_is_undone_without_a_look_at_gift_cards(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(gift_cards, "entries_of_event", lambda _read, event: looked.append(event) or [])
    [order] = keep(shop, draft())
    undo(shop, order, do(shop, order, A.MARK_SHIPPED))
    assert not looked
    refunded = do(shop, order, A.REFUND, amount="1.00")
    undo(shop, order, refunded)
    assert looked == [refunded.event]


def test_shipped_again_after_an_undo_is_a_new_parcel_with_a_new_mail(shop: Shop) -> None:
    [order] = keep(shop, draft())
    undo(shop, order, do(shop, order, A.MARK_SHIPPED))
    do(shop, order, A.MARK_SHIPPED)
    assert [message.state for message in now(shop, order).messages] == ["cancelled", "waiting"]


def test_mails_that_have_left_are_named(shop: Shop) -> None:
    [order] = keep(shop, draft())
    shipped = do(shop, order, A.MARK_SHIPPED)
    with shop.store.write() as write:
        messages.change(write, [shipped.messages[0].message.id], {"state": "accepted"})
    answer = undo(shop, order, shipped)
    assert (
        answer.warnings
        == (
            "The mail “Chez Élise : votre commande #2041 est en route” to ines@example.com has left and cannot be "
            "called back.",
        )
        or "has left and cannot be called back" in answer.warnings[0]
    )
    assert [message.state for message in now(shop, order).messages] == ["accepted"]


def test_a_mail_on_its_way_while_its_step_is_undone_does_not_wait_to_be_sent_again(shop: Shop) -> None:
    [order] = keep(shop, draft())
    fates = (NotSent("too many requests"), NotSent("hung up", may_be_taken=True), "dies between")
    for fate in fates:
        shipped = do(shop, order, A.MARK_SHIPPED)
        mail = shipped.messages[0].message.id
        late = NOW + timedelta(hours=1)
        taken = claims.take(shop, late)
        rows = [] if fate == "dies between" else claims.hand(shop, taken, "no-reply@example.com", late)
        undo(shop, order, shipped)
        if isinstance(fate, NotSent):
            results.settle(shop, rows, [fate], late)
        claims.release(taken)
        claims.recover(shop, late)
        if outbox.message(shop, mail)["state"] == "unsure":
            with pytest.raises(Conflict, match="was undone"):
                outbox.retry(shop, mail, MERCHANT)
    assert [message.state for message in now(shop, order).messages] == ["cancelled", "unsure", "cancelled"]


def test_a_step_is_undone_only_after_the_later_steps_of_its_kind(shop: Shop) -> None:
    [order] = keep(shop, draft())
    processing = do(shop, order, A.MARK_PROCESSING)
    shipped = do(shop, order, A.MARK_SHIPPED)
    with pytest.raises(Conflict) as raised:
        undo(shop, order, processing)
    assert raised.value.sentence == (
        "The merchant went on since: “Marked as shipped”, Mar 14, 2026, 10:26. Undo that first."
    )
    undo(shop, order, shipped)
    undo(shop, order, processing)
    assert now(shop, order).fulfilment_status == "awaiting_processing"


def test_money_and_goods_are_undone_apart(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    paid = do(shop, order, A.MARK_PAID)
    do(shop, order, A.MARK_SHIPPED)
    do(shop, order, A.ADD_NOTE, text="n")
    undo(shop, order, paid)
    kept = now(shop, order)
    assert (kept.payment_status, kept.fulfilment_status, kept.due) == ("awaiting_payment", "shipped", kept.total)


def test_of_two_part_payments_the_later_is_undone_first(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    first = do(shop, order, A.MARK_PAID, amount="10.00")
    second = do(shop, order, A.MARK_PAID, amount="10.00")
    with pytest.raises(Conflict, match="Undo that first"):
        undo(shop, order, first)
    undo(shop, order, second)
    assert now(shop, order).payment_status == "partially_paid"
    undo(shop, order, first)
    assert now(shop, order).payment_status == "awaiting_payment"


def test_nothing_is_undone_twice_and_an_undo_is_not_undone(shop: Shop) -> None:
    [order] = keep(shop, draft())
    step = do(shop, order, A.MARK_PROCESSING)
    back = undo(shop, order, step)
    with pytest.raises(Conflict, match="undone already"):
        undo(shop, order, step)
    with pytest.raises(Conflict, match="An undo cannot be undone"):
        undo(shop, order, back)


def test_what_was_not_done_here_is_not_undone(shop: Shop) -> None:
    one, other = keep(shop, draft("1"), draft("2"))
    elsewhere = do(shop, other, A.MARK_PROCESSING)
    with pytest.raises(Conflict, match="“Order placed” cannot be undone"):
        do(shop, one, A.UNDO, event=now(shop, one).events[0].id)
    with pytest.raises(Conflict, match="no such event"):
        undo(shop, one, elsewhere)
    with pytest.raises(Invalid):
        do(shop, one, A.UNDO)


STEPS: list[tuple[ActionName, dict[str, object]]] = [
    (A.MARK_PAID, {}),
    (A.MARK_PAID, {"amount": "7.00"}),
    (A.MARK_PROCESSING, {}),
    (A.MARK_SHIPPED, {"one": True}),
    (A.MARK_SHIPPED, {}),
    (A.MARK_DELIVERED, {}),
    (A.MARK_RETURNED, {"one": True}),
    (A.MARK_RETURNED, {}),
    (A.HOLD, {"reason": "wait"}),
    (A.RELEASE, {}),
    (A.CANCEL, {}),
    (A.REFUND, {"amount": "3.00"}),
    (A.REFUND, {"one": True}),
    (A.REFUND, {}),
    (A.MARK_WILL_NOT_DELIVER, {}),
    (A.TAG, {"tags": ["x"]}),
    (A.EDIT_CONTACT, {"name": "Somebody"}),
]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=9))
def test_whatever_is_done_the_sums_hold_and_undoing_it_all_gives_the_order_back(
    shop: Shop, steps: list[tuple[ActionName, dict[str, object]]]
) -> None:
    [order] = keep(shop, unpaid("1", payment_method="cheque"))
    first = now(shop, order)
    line = first.lines[0].id
    events = []
    for n, (action, given_params) in enumerate(steps):
        params = dict(given_params)
        if params.pop("one", False):
            params["lines"] = [{"line_id": line, "quantity": 1}]
        reason = str(params.pop("reason", ""))
        try:
            asked = Request(action, order, None, params, reason=reason)
            events.append(acting.do(shop, asked, MERCHANT, NOW + timedelta(minutes=n)).event)
        except (Conflict, Invalid):
            continue
        kept = now(shop, order)
        assert 0 <= kept.refunded <= kept.paid
        assert 0 <= kept.due <= kept.total
        for each in kept.lines:
            in_parcels = sum(p.quantity for s in kept.shipments for p in s.lines if p.line_id == each.id)
            back = sum(p.returned for s in kept.shipments for p in s.lines if p.line_id == each.id)
            assert 0 <= each.returned == back <= each.shipped == in_parcels <= each.quantity
            assert each.refunded <= each.quantity
    for event in reversed(events):
        acting.do(shop, Request(A.UNDO, order, None, {"event": event}), MERCHANT, NOW + timedelta(hours=1))
    assert same(now(shop, order), first)
