"""The mechanism of every action: preview, do, timeline; who was faster; once per key."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from data import terms
from services import language
from services.errors import Conflict, Invalid, NotFound
from services.orders import acting, reading
from services.orders.acting import Request
from services.orders.statuses import ActionName, EventKind
from services.people import API, MERCHANT
from services.shop import Shop
from tests.orders.moving import do, now, preview, request, undo
from tests.orders.sample import NOW, draft, keep, unpaid

A = ActionName

# what to do before (in turn), then the action with its parameters
EACH: dict[ActionName, tuple[tuple[ActionName, ...], dict[str, object]]] = {
    A.MARK_PAID: ((), {"reference": "Virement 12"}),
    A.RECORD_PAYMENT: ((), {"amount": "12.50", "method": "Virement", "reference": "VIR Été 12"}),
    A.RECORD_FAILURE: ((), {"failure_reason": "card_declined: insufficient_funds", "reference": "pi_3"}),
    A.CONTACT_CUSTOMER: ((), {"text": "Voici nos coordonnées bancaires."}),
    A.REMIND_UNPAID: ((), {}),
    A.MARK_PROCESSING: ((), {}),
    A.MARK_SHIPPED: ((), {"carrier": "UPS", "tracking_number": "1Z 999"}),
    A.EDIT_TRACKING: ((A.MARK_SHIPPED,), {"carrier": "DHL", "tracking_number": "Où 7"}),
    A.MARK_DELIVERED: ((A.MARK_SHIPPED,), {}),
    A.MARK_READY_FOR_PICKUP: ((), {}),
    A.MARK_OUT_FOR_DELIVERY: ((), {}),
    A.MARK_RETURNED: ((A.MARK_SHIPPED,), {}),
    A.MARK_WILL_NOT_DELIVER: ((), {}),
    A.HOLD: ((), {"reason": "wait"}),
    A.CANCEL: ((), {}),
    A.REFUND: ((A.MARK_PAID,), {"amount": "5.00"}),
    A.ADD_NOTE: ((), {"text": "Sonner deux fois, chien méchant"}),
    A.TAG: ((), {"tags": ["Très urgent"]}),
    A.UNTAG: ((), {"tags": ["vip"]}),
    A.EDIT_CONTACT: (
        (),
        {
            "email": "kaba@example.com",
            "phone": "+33 6 11 22 33 44",
            "shipping_address": {"city": "Genève", "country": "CH"},
        },
    ),
    A.RESEND: ((), {"template": "order_confirmation"}),
    A.MUTE: ((), {}),
    A.UNMUTE: ((A.MUTE,), {}),
    A.CORRECT: ((), {"reason": "sold at the fair", "fulfilment_status": "delivered"}),
}


@pytest.fixture(params=EACH)
def case(request: pytest.FixtureRequest) -> Callable[[Shop], tuple[str, ActionName, dict[str, object]]]:
    """An unpaid order of a shop brought to where the action is legal, the action and its parameters."""

    def prepared(shop: Shop) -> tuple[str, ActionName, dict[str, object]]:
        steps, params = EACH[request.param]
        [order] = keep(shop, unpaid("1", tags=("vip",), payment_method="cheque"))
        for step in steps:
            do(shop, order, step)
        return order, request.param, params

    return prepared


Case = Callable[[Shop], tuple[str, ActionName, dict[str, object]]]


def test_what_the_preview_says_is_what_is_done_and_the_answer_is_what_is_kept(shop: Shop, case: Case) -> None:
    order, action, params = case(shop)
    before = now(shop, order)
    seen = preview(shop, order, action, **params)
    assert now(shop, order) == before == seen.order
    answer = do(shop, order, action, **params)
    after = now(shop, order)
    assert answer.order == after
    assert [change.field for change in seen.changes] == [change.field for change in answer.changes]
    assert [letter.text for letter in seen.messages] == [letter.text for letter in answer.messages]
    assert after.version == before.version + 1
    assert after.events[-1].id == answer.event
    json.dumps(acting.answer_json(answer))


def test_the_order_is_found_by_its_words_of_now_after_an_action_and_after_its_undo(shop: Shop, case: Case) -> None:
    order, action, params = case(shop)
    before = words_kept(shop, order)
    assert before == words_made_anew(shop, order)
    answer = do(shop, order, action, **params)
    assert words_kept(shop, order) == words_made_anew(shop, order)
    undo(shop, order, answer)
    assert words_kept(shop, order) == before


def words_kept(shop: Shop, order_id: str) -> list[tuple[str, str]]:
    with shop.store.read() as read:
        rows = read.rows("select field, term from search_terms where order_id = ?::uuid", [order_id])
    return sorted((row["field"], row["term"]) for row in rows)


def words_made_anew(shop: Shop, order_id: str) -> list[tuple[str, str]]:
    with shop.store.read() as read:
        sql = f"with fresh as (select $id::uuid as id) select field, term from ({terms.words(terms.texts_of_orders())})"
        return sorted((row["field"], row["term"]) for row in read.rows(sql, {"id": order_id}))


def test_every_action_is_covered_here() -> None:
    elsewhere = {A.RELEASE, A.UNDO, A.CAPTURE, A.VOID_AUTHORISATION}
    goods = {A.REISSUE_LINKS, A.WITHDRAW_LINKS, A.REDEEM_GIFT_CARD}  # they need a file or a card: with the goods
    assert set(EACH) | elsewhere | goods == set(A)


def test_the_timeline_says_who_when_before_and_after(shop: Shop) -> None:
    [order] = keep(shop, draft())
    asked = Request(A.MARK_SHIPPED, order, 1, {"tracking_number": "6A1"}, reason="urgent")
    acting.do(shop, asked, API, NOW + timedelta(hours=1))
    event = now(shop, order).events[-1]
    assert (event.kind, event.actor, event.at, event.reason) == (
        EventKind.MARKED_SHIPPED,
        "api",
        NOW + timedelta(hours=1),
        "urgent",
    )
    assert event.before["fulfilment_status"] == "awaiting_processing"
    assert event.after["fulfilment_status"] == "shipped"
    assert event.after["shipment"]["tracking_number"] == "6A1"


def test_an_order_is_named_by_its_number_too(shop: Shop) -> None:
    [order] = keep(shop, draft("2041"))
    answer = acting.do(shop, Request(A.MARK_PROCESSING, "#2041"), MERCHANT, NOW)
    assert answer.order.id == order


def test_an_order_that_does_not_exist_is_not_found(shop: Shop) -> None:
    for name in ("9999", "019cebab-8748-7000-9156-dfd1c3f1025b"):
        with pytest.raises(NotFound):
            acting.do(shop, Request(A.MARK_PROCESSING, name), MERCHANT, NOW)
        with pytest.raises(NotFound):
            acting.preview(shop, Request(A.MARK_PROCESSING, name), MERCHANT, NOW)


def test_a_step_that_is_not_legal_is_refused_in_the_preview_and_changes_nothing_when_done(shop: Shop) -> None:
    [order] = keep(shop, draft())
    seen = preview(shop, order, A.MARK_PAID)
    assert seen.refused is not None and "“Mark as paid” is not possible" in seen.refused
    assert (seen.changes, seen.messages, seen.event) == ((), (), None)
    with pytest.raises(Conflict) as raised:
        do(shop, order, A.MARK_PAID)
    assert raised.value.sentence == seen.refused
    assert now(shop, order).version == 1


def test_the_second_of_two_people_is_told_who_changed_what_and_when(shop: Shop) -> None:
    [order] = keep(shop, draft())
    seen = now(shop, order).version
    acting.do(shop, Request(A.MARK_PROCESSING, order, seen), MERCHANT, NOW)
    for ask in (acting.do, acting.preview):
        with pytest.raises(Conflict) as raised:
            ask(shop, Request(A.CANCEL, order, seen), MERCHANT, NOW)
        assert raised.value.sentence == (
            "This order was changed since you opened it. The merchant: Processing started, Mar 14, 2026, 10:26. "
            "Look at it again first."
        )
    assert now(shop, order).version == seen + 1


def test_the_second_person_is_told_in_their_language(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED)
    with language.use("fr"), pytest.raises(Conflict) as raised:
        acting.do(shop, Request(A.CANCEL, order, 1), MERCHANT, NOW)
    assert "Le marchand\u00a0: Marquée comme expédiée, 14 mars 2026, 10:26" in raised.value.sentence.replace(
        "marchand:", "marchand\u00a0:"
    )


def test_a_version_from_the_future_is_refused_too(shop: Shop) -> None:
    [order] = keep(shop, draft())
    with pytest.raises(Conflict, match="version 1"):
        do(shop, order, A.MARK_PROCESSING, version=7)


def test_the_same_key_is_done_once_and_answered_the_same(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    asked = Request(A.MARK_PAID, order, 1, {"amount": "10.00"}, key="k-1")
    first = acting.do(shop, asked, API, NOW)
    second = acting.do(shop, asked, API, NOW + timedelta(minutes=5))
    assert acting.answer_json(second) == acting.answer_json(first)
    assert len(now(shop, order).payments) == 1
    assert now(shop, order).version == 2


def test_a_key_for_another_request_is_refused(shop: Shop) -> None:
    one, other = keep(shop, draft("1"), draft("2"))
    acting.do(shop, Request(A.MARK_PROCESSING, one, key="k-1"), API, NOW)
    for asked in (
        Request(A.MARK_PROCESSING, other, key="k-1"),
        Request(A.CANCEL, one, key="k-1"),
        Request(A.MARK_PROCESSING, one, 2, key="k-1"),
    ):
        with pytest.raises(Conflict, match="Idempotency-Key"):
            acting.do(shop, asked, API, NOW)
    assert now(shop, other).version == 1


def test_a_refused_request_may_come_again_with_its_key(shop: Shop) -> None:
    [order] = keep(shop, draft())
    asked = Request(A.RELEASE, order, key="k-1")
    with pytest.raises(Conflict):
        acting.do(shop, asked, API, NOW)
    do(shop, order, A.HOLD, reason="wait")
    assert acting.do(shop, asked, API, NOW).refused is None


def test_a_key_is_forgotten_after_a_week(shop: Shop) -> None:
    [order] = keep(shop, draft())
    acting.do(shop, Request(A.TAG, order, params={"tags": ["a"]}, key="k-1"), API, NOW)
    acting.do(shop, Request(A.TAG, order, params={"tags": ["b"]}, key="k-2"), API, NOW + timedelta(days=8))
    answer = acting.do(shop, Request(A.TAG, order, params={"tags": ["c"]}, key="k-1"), API, NOW + timedelta(days=8))
    assert answer.kept is None


def test_a_key_that_is_no_key_is_refused(shop: Shop) -> None:
    [order] = keep(shop, draft())
    for key in ("x" * 201, "a\nb"):
        with pytest.raises(Invalid):
            acting.do(shop, Request(A.MARK_PROCESSING, order, key=key), API, NOW)


def test_the_apis_words_become_a_request() -> None:
    body = {"version": 3, "preview": True, "tell_customer": False, "reason": "r", "carrier": "UPS"}
    asked, is_preview = acting.asked_for("mark_shipped", "2041", body, "k")
    assert is_preview
    assert asked == Request(A.MARK_SHIPPED, "2041", 3, {"carrier": "UPS"}, False, "r", "k")


def test_words_that_are_no_request_are_refused_by_name() -> None:
    with pytest.raises(NotFound, match="There is no action “fly”"):
        acting.asked_for("fly", "1", {})
    for body, field in (({"version": "3"}, "version"), ({"preview": 1}, "preview"), ([], "body"), (None, "body")):
        with pytest.raises(Invalid) as raised:
            acting.asked_for("hold", "1", body)
        assert set(raised.value.fields) == {field}


def test_an_answer_has_the_contracts_shape(shop: Shop) -> None:
    [order] = keep(shop, draft())
    written = acting.answer_json(do(shop, order, A.MARK_SHIPPED))
    assert set(written) == {"order", "changes", "messages", "refused", "event"}
    assert written["changes"][0] == {"field": "fulfilment_status", "before": "awaiting_processing", "after": "shipped"}
    assert {"id", "channel", "template", "to", "subject", "state", "send_after", "attempts", "error"} <= set(
        written["messages"][0]
    )
    refused = acting.answer_json(preview(shop, order, A.MARK_SHIPPED))
    assert refused["changes"] == [] and refused["refused"]


def test_unknown_parameters_are_refused_by_name(shop: Shop) -> None:
    [order] = keep(shop, draft())
    with pytest.raises(Invalid) as raised:
        preview(shop, order, A.MARK_PROCESSING, carrier="UPS")
    assert raised.value.fields == {"carrier": "There is no such field here."}


def test_imports_are_silent_but_later_actions_on_them_mail_as_usual(shop: Shop) -> None:
    [order] = keep(shop, draft())
    assert reading.order(shop, order).messages == ()
    assert len(acting.do(shop, request(shop, order, A.MARK_SHIPPED), MERCHANT, NOW).messages) == 1
