"""A wrong tracking number is put right: on the parcel, in the search, and in the mail that waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data import messages
from services.errors import Conflict, Invalid
from services.messages.states import MessageState
from services.orders import acting
from services.orders.statuses import ActionName
from services.people import MERCHANT
from services.query import parse
from services.shop import Shop
from tests.orders.moving import do, now, preview, same, undo
from tests.orders.sample import NOW, draft, keep

A = ActionName
WRONG, RIGHT = "1Z879E930346834440", "1Z5R89390357567127"


def shipped(shop: Shop, **params: object) -> str:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED, tracking_number=WRONG, **params)
    return order


def let_go(shop: Shop, order: str) -> None:
    """The waiting mails of the order have left."""
    with shop.store.write() as write:
        ids = [message.id for message in now(shop, order).messages]
        messages.change(write, ids, {"state": MessageState.ACCEPTED.value})


def found(shop: Shop, words: str) -> bool:
    from services.orders import finding
    from services.orders.view import View

    return finding.find(shop, View(filter=parse(words))).total == 1


def test_the_right_number_stands_on_the_parcel_with_its_link_and_undo_takes_it_back(shop: Shop) -> None:
    order = shipped(shop)
    before = now(shop, order)
    answer = do(shop, order, A.EDIT_TRACKING, tracking_number=RIGHT)
    [parcel] = now(shop, order).shipments
    assert (parcel.carrier, parcel.tracking_number) == ("UPS", RIGHT)
    assert parcel.tracking_url.endswith(RIGHT)
    assert now(shop, order).events[-1].after["shipments.0.tracking_number"] == RIGHT
    undo(shop, order, answer)
    assert same(now(shop, order), before)


def test_the_order_is_found_by_the_right_number_and_no_more_by_the_wrong_one(any_shop: Shop) -> None:
    order = shipped(any_shop)
    assert found(any_shop, f"tracking:{WRONG}")
    answer = do(any_shop, order, A.EDIT_TRACKING, tracking_number=RIGHT)
    assert found(any_shop, RIGHT.lower())
    assert not found(any_shop, WRONG)
    undo(any_shop, order, answer)
    assert found(any_shop, WRONG)
    assert not found(any_shop, RIGHT)


def test_a_shipping_mail_that_waits_is_written_anew_and_no_second_one_is_made(shop: Shop) -> None:
    order = shipped(shop)
    [waiting] = now(shop, order).messages
    answer = do(shop, order, A.EDIT_TRACKING, tracking_number=RIGHT, tell_customer=True)
    [kept] = now(shop, order).messages
    assert (kept.id, kept.state, kept.send_after) == (waiting.id, "waiting", waiting.send_after)
    with shop.store.read() as read:
        row = messages.one(read, kept.id)
    assert row is not None
    assert RIGHT in row["body_text"]
    assert RIGHT in row["body_html"]
    assert WRONG not in row["body_text"] + row["body_html"]
    assert answer.messages[0].text == row["body_text"]
    undo(shop, order, answer)
    with shop.store.read() as read:
        back = messages.one(read, kept.id)
    assert back is not None
    assert WRONG in back["body_text"]
    assert back["state"] == "waiting"


def test_a_preview_shows_the_waiting_mail_as_it_will_be_and_changes_nothing(shop: Shop) -> None:
    order = shipped(shop)
    seen = preview(shop, order, A.EDIT_TRACKING, tracking_number=RIGHT)
    assert RIGHT in seen.messages[0].text
    assert now(shop, order).shipments[0].tracking_number == WRONG


def test_after_the_mail_has_left_the_customer_is_told_only_on_request(shop: Shop) -> None:
    order = shipped(shop)
    let_go(shop, order)
    do(shop, order, A.EDIT_TRACKING, tracking_number=RIGHT, tell_customer=False)
    assert len(now(shop, order).messages) == 1
    [told] = do(shop, order, A.EDIT_TRACKING, tracking_number="1Z410E7W0392751591", tell_customer=True).messages
    assert told.message.template == "tracking_corrected"
    assert told.message.send_after == NOW + timedelta(seconds=300)
    assert "1Z410E7W0392751591" in told.text


def test_the_api_tells_nobody_of_a_corrected_number_unless_asked(shop: Shop) -> None:
    request, _is_preview = acting.asked_for("edit_tracking", "1", {"tracking_number": RIGHT})
    assert request.tell_customer is False
    asked, _is_preview = acting.asked_for("edit_tracking", "1", {"tracking_number": RIGHT, "tell_customer": True})
    assert asked.tell_customer is True
    other, _is_preview = acting.asked_for("mark_shipped", "1", {})
    assert other.tell_customer is True


def test_a_parcel_without_number_gets_one_and_the_shipping_notice_tells_it(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED)
    let_go(shop, order)
    [told] = do(shop, order, A.EDIT_TRACKING, tracking_number=RIGHT, tell_customer=True).messages
    assert told.message.template == "order_shipped"
    assert RIGHT in told.text


def test_a_mail_that_a_second_correction_overtakes_says_the_last_number(shop: Shop) -> None:
    order = shipped(shop)
    let_go(shop, order)
    do(shop, order, A.EDIT_TRACKING, tracking_number=RIGHT, tell_customer=True)
    do(shop, order, A.EDIT_TRACKING, tracking_number="1Z410E7W0392751591", tell_customer=True)
    kept = now(shop, order).messages
    assert [one.template for one in kept] == ["order_shipped", "tracking_corrected"]
    with shop.store.read() as read:
        row = messages.one(read, kept[1].id)
    assert row is not None
    assert "1Z410E7W0392751591" in row["body_text"]
    assert RIGHT not in row["body_text"]


def test_undoing_the_shipment_stops_the_mail_that_was_written_anew(shop: Shop) -> None:
    [order] = keep(shop, draft())
    ship = do(shop, order, A.MARK_SHIPPED, tracking_number=WRONG)
    do(shop, order, A.EDIT_TRACKING, tracking_number=RIGHT)
    undo(shop, order, ship)
    after = now(shop, order)
    assert after.shipments == ()
    assert [one.state for one in after.messages] == ["cancelled"]


def test_undo_leaves_a_number_that_somebody_changed_again(shop: Shop) -> None:
    order = shipped(shop)
    first = do(shop, order, A.EDIT_TRACKING, tracking_number=RIGHT)
    do(shop, order, A.EDIT_TRACKING, tracking_number="1Z410E7W0392751591")
    with pytest.raises(Conflict):
        undo(shop, order, first)
    assert now(shop, order).shipments[0].tracking_number == "1Z410E7W0392751591"


def test_of_several_parcels_it_must_be_said_which(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0].id
    do(shop, order, A.MARK_SHIPPED, tracking_number=WRONG, lines=[{"line_id": mugs, "quantity": 1}])
    do(shop, order, A.MARK_SHIPPED)
    with pytest.raises(Invalid) as raised:
        do(shop, order, A.EDIT_TRACKING, tracking_number=RIGHT)
    assert set(raised.value.fields) == {"shipment"}
    second = now(shop, order).shipments[1].id
    do(shop, order, A.EDIT_TRACKING, tracking_number=RIGHT, shipment=second)
    assert [parcel.tracking_number for parcel in now(shop, order).shipments] == [WRONG, RIGHT]


def test_a_link_of_ones_own_is_taken_and_no_other_scheme(shop: Shop) -> None:
    order = shipped(shop)
    do(shop, order, A.EDIT_TRACKING, carrier="Jean's van", tracking_url="https://example.com/jean/17")
    parcel = now(shop, order).shipments[0]
    assert (parcel.carrier, parcel.tracking_url) == ("Jean's van", "https://example.com/jean/17")
    with pytest.raises(Invalid) as raised:
        do(shop, order, A.EDIT_TRACKING, tracking_url="javascript:alert(1)")
    assert set(raised.value.fields) == {"tracking_url"}


def test_a_number_can_be_taken_away(shop: Shop) -> None:
    order = shipped(shop)
    do(shop, order, A.EDIT_TRACKING, tracking_number="", carrier="")
    parcel = now(shop, order).shipments[0]
    assert (parcel.carrier, parcel.tracking_number, parcel.tracking_url) == ("", "", "")


def test_what_changes_nothing_or_has_no_parcel_is_refused(shop: Shop) -> None:
    order = shipped(shop)
    assert preview(shop, order, A.EDIT_TRACKING, tracking_number=WRONG).refused
    [unshipped] = keep(shop, draft("2"))
    assert preview(shop, unshipped, A.EDIT_TRACKING, tracking_number=WRONG).refused


def test_a_number_that_another_order_bears_is_said(shop: Shop) -> None:
    one, other = keep(shop, draft("1001"), draft("1002"))
    do(shop, one, A.MARK_SHIPPED, tracking_number=RIGHT)
    [warning] = preview(shop, other, A.MARK_SHIPPED, tracking_number=RIGHT).warnings
    assert warning == f"The tracking number {RIGHT} is on another order already: #1001."
    do(shop, other, A.MARK_SHIPPED, tracking_number="#☠1☢ 4321")
    assert preview(shop, one, A.EDIT_TRACKING, tracking_number="#☠1☢ 4321").warnings
    assert not preview(shop, one, A.EDIT_TRACKING, tracking_number=WRONG).warnings


def test_two_people_correcting_at_once_are_told_of_each_other(shop: Shop) -> None:
    order = shipped(shop)
    seen = now(shop, order).version
    do(shop, order, A.EDIT_TRACKING, tracking_number=RIGHT)
    late = acting.Request(A.EDIT_TRACKING, order, seen, {"tracking_number": "1Z410E7W0392751591"})
    with pytest.raises(Conflict) as raised:
        acting.do(shop, late, MERCHANT, NOW)
    assert "Tracking number corrected" in raised.value.sentence
