"""Files and gift cards go out by themselves once an order is paid, whichever way, and follow the order from then on."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from data import gift_cards
from data.ids import new_id
from services import people, profile
from services.bulk import working
from services.errors import Invalid
from services.goods import files, stock, turn
from services.goods.plan import GoodsState, Waits
from services.jobs.job import Item
from services.language import use
from services.messages.states import MessageState
from services.orders import acting, reading
from services.orders.acting import Request
from services.orders.order import Order
from services.orders.plan import Asked
from services.orders.statuses import ActionName, EventKind, FulfilmentStatus, PaymentStatus
from services.shop import Shop
from tests.conftest import NOW
from tests.goods.selling import BOOKLET, CARD, MUG, act, buy, code_of, goods_of, left, put_file, token_of


def test_an_order_taken_as_paid_gets_its_link_and_is_delivered(shop: Shop) -> None:
    put_file(shop)
    order = buy(shop)
    assert order.fulfilment_status is FulfilmentStatus.DELIVERED
    assert order.events[-1].kind is EventKind.GOODS_SENT
    assert order.events[-1].actor == people.SYSTEM.name
    assert reading.order(shop, order.id) == order
    (mail,) = left(shop, order, "download_ready")
    assert mail["recipient"] == "ines@example.com"
    assert f"/d/{token_of(shop, order)}" in mail["body_html"]


def test_an_order_that_is_marked_as_paid_gets_its_card(shop: Shop) -> None:
    order = buy(shop, CARD, payment_status="awaiting_payment")
    assert not goods_of(shop, order).cards
    paid = act(shop, ActionName.MARK_PAID, order).order
    assert paid.fulfilment_status is FulfilmentStatus.DELIVERED
    (card,) = goods_of(shop, order).cards
    assert card["balance"] == Decimal("50")
    assert code_of(shop, paid)[-4:] == card["last4"]


def test_the_preview_shows_the_mail_without_its_secret_and_makes_nothing(shop: Shop) -> None:
    order = buy(shop, CARD, payment_status="awaiting_payment")
    told = acting.preview(shop, Request(ActionName.MARK_PAID, order.id), people.MERCHANT, NOW)
    card = next(one for one in told.messages if one.message.template == "gift_card")
    assert "••••" in card.text and "sealed-" not in card.text + card.html
    assert ("fulfilment_status", "delivered") in [(one.field, one.after) for one in told.changes]
    assert not goods_of(shop, order).cards


def test_a_mixed_order_gets_its_file_and_waits_with_the_rest(shop: Shop) -> None:
    put_file(shop)
    order = buy(shop, BOOKLET, MUG)
    assert order.fulfilment_status is FulfilmentStatus.AWAITING_PROCESSING
    assert len(goods_of(shop, order).links) == 1


def test_without_a_file_the_order_waits_and_goes_on_once_it_is_there(any_shop: Shop) -> None:
    order = buy(any_shop)
    standing = goods_of(any_shop, order)
    assert (standing.state, standing.reason) == (GoodsState.WAITING, Waits.NO_FILE)
    assert order.fulfilment_status is FulfilmentStatus.AWAITING_PROCESSING
    assert not left(any_shop, order, "download_ready")
    put_file(any_shop)
    assert turn.goods_turn(any_shop, NOW + timedelta(minutes=2))
    assert reading.order(any_shop, order.id).fulfilment_status is FulfilmentStatus.DELIVERED
    assert len(left(any_shop, order, "download_ready")) == 1


def test_new_links_for_an_order_that_waited_are_one_mail_as_the_preview_says(shop: Shop) -> None:
    order = buy(shop)
    put_file(shop)
    told = acting.preview(shop, Request(ActionName.REISSUE_LINKS, order.id), people.MERCHANT, NOW)
    done = act(shop, ActionName.REISSUE_LINKS, order)
    assert len(told.messages) == len(done.messages) == len(left(shop, order, "download_ready")) == 1


def test_a_file_that_vanished_makes_no_dead_link(shop: Shop) -> None:
    file = put_file(shop)
    buy(shop)
    file.unlink()
    order = buy(shop, email="bob@example.com")
    assert goods_of(shop, order).reason == Waits.MISSING_FILE
    assert not left(shop, order, "download_ready")


def test_a_silent_order_is_left_alone(shop: Shop) -> None:
    put_file(shop)
    order = buy(shop, silent=True)
    assert not goods_of(shop, order).links
    act(shop, ActionName.TAG, order, tags=["vip"])
    assert not goods_of(shop, order).links


def test_an_order_that_looks_doubled_waits_until_it_is_released(shop: Shop) -> None:
    put_file(shop)
    buy(shop)
    order = buy(shop, now=NOW + timedelta(minutes=2))
    assert order.fulfilment_status is FulfilmentStatus.ON_HOLD
    assert (goods_of(shop, order).state, goods_of(shop, order).reason) == (GoodsState.WAITING, Waits.HELD)
    assert not left(shop, order, "download_ready")
    released = act(shop, ActionName.RELEASE, order).order
    assert released.fulfilment_status is FulfilmentStatus.DELIVERED
    assert len(left(shop, order, "download_ready")) == 1


def paid_then(shop: Shop) -> tuple[Order, str]:
    """A booklet and a card, marked as paid; the event."""
    put_file(shop)
    order = buy(shop, BOOKLET, CARD, payment_status="awaiting_payment")
    answer = act(shop, ActionName.MARK_PAID, order)
    assert answer.event
    return answer.order, answer.event


def test_undoing_the_payment_withdraws_all_and_stops_the_mails(any_shop: Shop) -> None:
    order, event = paid_then(any_shop)
    undone = act(any_shop, ActionName.UNDO, order, event=event).order
    standing = goods_of(any_shop, order)
    assert standing.links[0].is_withdrawn
    assert (standing.cards[0]["balance"], standing.cards[0]["voided_at"]) == (0, NOW)
    assert undone.fulfilment_status is FulfilmentStatus.AWAITING_PROCESSING
    assert undone.events[-1].kind is EventKind.GOODS_WITHDRAWN
    states = {m.state for m in undone.messages if m.template in ("download_ready", "gift_card")}
    assert states == {MessageState.CANCELLED}
    again = act(any_shop, ActionName.MARK_PAID, undone).order
    assert again.fulfilment_status is FulfilmentStatus.DELIVERED
    assert len(goods_of(any_shop, order).links) == 1 and goods_of(any_shop, order).cards[0]["balance"] == 50
    waiting = [m.template for m in again.messages if m.state == MessageState.WAITING]
    assert waiting.count("download_ready") == 1 and waiting.count("gift_card") == 1


def test_a_refund_withdraws_and_its_undo_opens_again(shop: Shop) -> None:
    order, _event = paid_then(shop)
    refund = act(shop, ActionName.REFUND, order)
    assert goods_of(shop, order).links[0].is_withdrawn
    assert refund.event
    back = act(shop, ActionName.UNDO, refund.order, event=refund.event).order
    assert back.payment_status is PaymentStatus.PAID
    assert not goods_of(shop, order).links[0].is_withdrawn
    assert goods_of(shop, order).cards[0]["balance"] == 50


def test_a_refund_of_the_file_alone_leaves_the_card(shop: Shop) -> None:
    order, _event = paid_then(shop)
    act(shop, ActionName.REFUND, order, lines=[{"line_id": order.lines[0].id}])
    standing = goods_of(shop, order)
    assert standing.links[0].is_withdrawn
    assert standing.cards[0]["voided_at"] is None


def test_a_card_that_was_spent_from_is_not_taken_back(shop: Shop) -> None:
    order, _event = paid_then(shop)
    other = buy(shop, MUG, payment_status="awaiting_payment", email="bob@example.com")
    act(shop, ActionName.REDEEM_GIFT_CARD, other, code=code_of(shop, order))
    act(shop, ActionName.REFUND, order)
    (card,) = goods_of(shop, order).cards
    assert (card["voided_at"], card["balance"]) == (None, Decimal("35"))


def test_cancelling_a_mixed_order_withdraws_its_file(shop: Shop) -> None:
    put_file(shop)
    order = buy(shop, BOOKLET, MUG)
    act(shop, ActionName.CANCEL, order)
    assert goods_of(shop, order).links[0].is_withdrawn


def test_new_links_take_the_place_of_the_old_ones(shop: Shop) -> None:
    put_file(shop)
    order = buy(shop)
    old = token_of(shop, order)
    answer = act(shop, ActionName.REISSUE_LINKS, order)
    links = goods_of(shop, order).links
    assert [link.is_withdrawn for link in links] == [True, False]
    assert token_of(shop, order) != old
    waiting = [m for m in answer.order.messages if m.template == "download_ready" and m.state == MessageState.WAITING]
    assert len(waiting) == 1


def test_a_card_goes_to_whom_the_buyer_named_on_the_morning_of_the_day(shop: Shop) -> None:
    with shop.store.write() as write:
        profile.change(write, shop.settings, {"time_zone": "Europe/Paris"}, "test", NOW)
    options = [
        {"name": "E-mail du destinataire", "value": "zoe@example.com"},
        {"name": "Nom du destinataire", "value": "Zoé"},
        {"name": "Date d’envoi", "value": "24/03/2026"},
        {"name": "Message", "value": "Joyeux anniversaire"},
    ]
    order = buy(shop, CARD | {"options": options})
    (mail,) = left(shop, order, "gift_card")
    assert mail["recipient"] == "zoe@example.com"
    assert mail["send_after"].isoformat() == "2026-03-24T07:00:00"  # 08:00 in Paris
    assert "Zoé" in mail["body_text"] and "Joyeux anniversaire" in mail["body_text"] and "Inès" in mail["body_text"]


def test_secrets_stand_nowhere_in_the_store(shop: Shop) -> None:
    order, _event = paid_then(shop)
    token, code = token_of(shop, order), code_of(shop, order)
    with shop.store.read() as read:
        tables = [row["table_name"] for row in read.rows("select table_name from information_schema.tables")]
        held = "".join(str(read.rows(f"select * from {table}")) for table in tables)
    assert token not in held
    assert code not in held and code.replace("-", "") not in held


def test_three_cards_bought_are_three_codes(shop: Shop) -> None:
    order = buy(shop, CARD | {"quantity": 3})
    with shop.store.read() as read:
        assert len({row["last4"] for row in gift_cards.of_order(read, order.id)}) >= 2
        assert read.value("select count(distinct code_hash) from gift_cards") == 3


def test_what_waits_is_said_to_who_marked_it_as_paid(shop: Shop) -> None:
    order = buy(shop, payment_status="awaiting_payment")
    with use("en"):
        answer = act(shop, ActionName.MARK_PAID, order)
    assert any("has no file yet" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("fdp\u202eexe.pdf", "fdpexe.pdf"),
        ("CON.txt", "_CON.txt"),
        ("  .hidden  ", "hidden"),
        ("", "file"),
        ("a/b\\c:d?.pdf", "c_d_.pdf"),
        ("手帳.pdf", "手帳.pdf"),
    ],
)
def test_a_name_is_cleaned_and_keeps_what_it_says(given: str, kept: str) -> None:
    assert files.clean_name(given) == kept


def test_many_orders_marked_as_paid_at_once_each_get_their_card_on_its_day(shop: Shop) -> None:
    options = [{"name": "Send on", "value": "2026-03-24"}]
    orders = [
        buy(shop, CARD | {"options": options}, payment_status="awaiting_payment", email=f"{n}@example.com", silent=True)
        for n in range(3)
    ]
    for order in orders:
        with shop.store.write() as write:
            rules = profile.profile(write, shop.settings)
            asked = Asked(NOW, people.MERCHANT, new_id(), "", rules.time_zone)
            ready = working.made_ready(write, shop, {"action": "mark_paid"}, Item(order.id), asked, rules, order)
            assert not working._goes_together(ready)
            working._alone(write, shop, ready, rules)
        (mail,) = left(shop, order, "gift_card")
        assert mail["send_after"].isoformat() == "2026-03-24T07:00:00"


def test_a_card_of_a_product_with_a_rule_holds_and_lasts_what_it_says(shop: Shop) -> None:
    stock.put_card_rule(shop, "cadeau-50", Decimal("60"), 12, people.MERCHANT)
    (card,) = goods_of(shop, buy(shop, CARD)).cards
    assert (card["value"], card["expires_on"]) == (Decimal("60"), date(2027, 3, 14))
    assert [(one.key, one.value, one.months) for one in stock.card_products(shop)] == [("cadeau-50", Decimal("60"), 12)]
    with pytest.raises(Invalid):
        stock.put_card_rule(shop, "cadeau-50", Decimal(0), None, people.MERCHANT)
