"""Gift cards: codes that bear typing, a ledger that adds up, never more spent than there is."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import checks
from services import people
from services.errors import Conflict, Invalid, NotFound, ShopError
from services.goods import cards, codes, sealing
from services.goods.cards import NewCard
from services.goods.present import present
from services.messages import outbox
from services.orders.statuses import ActionName, PaymentKind, PaymentStatus
from services.shop import Shop
from tests.conftest import NOW
from tests.goods.selling import CARD, MUG, act, buy, code_of, goods_of
from tests.messages.invented import line

TODAY = date(2026, 3, 14)


def issued(shop: Shop, value: str = "50", **changes: object) -> tuple[str, str]:
    """A card issued by hand: its id and code."""
    card_id = cards.issue(shop, replace(NewCard(Decimal(value), "EUR"), **changes), people.MERCHANT, NOW)
    return card_id, cards.show(shop, card_id, people.MERCHANT, NOW)


def balance(shop: Shop, card_id: str) -> Decimal:
    row, entries = cards.card(shop, card_id)
    assert sum(entry["amount"] for entry in entries) == row["balance"]
    return Decimal(row["balance"])


def sound(shop: Shop) -> bool:
    with shop.store.read() as read:
        return all(one.rows == 0 for one in checks.check(read, shop.settings.time_zone))


@given(st.integers(0, 15), st.integers(0, 30))
def test_a_code_with_one_wrong_sign_is_no_code(place: int, other: int) -> None:
    code = codes.new_code()
    wrong = code[:place] + codes.ALPHABET[other] + code[place + 1 :]
    if wrong != code:
        with pytest.raises(Invalid):
            codes.read(wrong)


@given(st.integers(0, 14))
def test_a_code_with_two_signs_swapped_is_no_code(place: int) -> None:
    code = codes.new_code()
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if wrong != code:
        with pytest.raises(Invalid):
            codes.read(wrong)


def test_a_code_is_read_as_people_type_it() -> None:
    code = codes.new_code()
    assert codes.read(f" {codes.grouped(code).lower().replace('-', ' – ')} ") == code


def test_a_sealed_text_opens_with_its_own_secret_only() -> None:
    assert sealing.unseal("one", sealing.seal("one", "text")) == "text"
    with pytest.raises(Conflict):
        sealing.unseal("other", sealing.seal("one", "text"))


def test_a_card_pays_in_part_and_the_rest_later(shop: Shop) -> None:
    card_id, code = issued(shop)
    order = buy(shop, MUG, payment_status="awaiting_payment")
    paid = act(shop, ActionName.REDEEM_GIFT_CARD, order, code=code).order
    assert paid.payment_status is PaymentStatus.PAID
    assert [(p.kind, p.amount) for p in paid.payments] == [(PaymentKind.GIFT_CARD, Decimal("15"))]
    assert code not in repr(paid) and code.replace("-", "") not in repr(paid)
    assert balance(shop, card_id) == Decimal("35")
    dear = buy(shop, MUG | {"unit_price": "100.00"}, payment_status="awaiting_payment", email="b@example.com")
    part = act(shop, ActionName.REDEEM_GIFT_CARD, dear, code=code.lower()).order
    assert (part.payment_status, part.due) == (PaymentStatus.PARTIALLY_PAID, Decimal("65"))
    assert balance(shop, card_id) == 0
    with pytest.raises(Conflict):
        act(shop, ActionName.REDEEM_GIFT_CARD, part, code=code)
    assert sound(shop)


def test_undoing_the_payment_gives_the_card_its_money_back(shop: Shop) -> None:
    card_id, code = issued(shop)
    order = buy(shop, MUG, payment_status="awaiting_payment")
    answer = act(shop, ActionName.REDEEM_GIFT_CARD, order, code=code)
    assert answer.event
    undone = act(shop, ActionName.UNDO, order, event=answer.event).order
    assert undone.payment_status is PaymentStatus.AWAITING_PAYMENT
    assert balance(shop, card_id) == Decimal("50")
    assert sound(shop)


def test_a_refund_goes_back_to_the_card_as_far_as_it_came_from_there(shop: Shop) -> None:
    card_id, code = issued(shop, "10")
    order = buy(shop, MUG, payment_status="awaiting_payment")
    act(shop, ActionName.REDEEM_GIFT_CARD, order, code=code)
    act(shop, ActionName.MARK_PAID, order)
    act(shop, ActionName.REFUND, order, amount="5.00")  # what came by transfer goes back by transfer
    assert balance(shop, card_id) == 0
    answer = act(shop, ActionName.REFUND, order)
    assert balance(shop, card_id) == Decimal("10")
    assert any("••••" in warning for warning in answer.warnings)
    assert answer.event
    act(shop, ActionName.UNDO, order, event=answer.event)
    assert balance(shop, card_id) == 0
    assert sound(shop)


def test_two_who_pay_at_once_never_overdraw_a_card(any_shop: Shop) -> None:
    card_id, code = issued(any_shop, "20")
    orders = [
        buy(any_shop, MUG, payment_status="awaiting_payment", email=f"{n}@example.com", silent=True) for n in range(4)
    ]
    refused: list[ShopError] = []

    def pay(number: int) -> None:
        try:
            act(any_shop, ActionName.REDEEM_GIFT_CARD, orders[number], code=code, amount="15.00")
        except ShopError as error:
            refused.append(error)

    threads = [threading.Thread(target=pay, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    assert balance(any_shop, card_id) == Decimal("5")
    assert sound(any_shop)


def test_a_withdrawn_card_pays_nothing_and_cannot_be_withdrawn_again(shop: Shop) -> None:
    card_id, code = issued(shop)
    cards.void(shop, card_id, "lost", people.MERCHANT, NOW)
    assert balance(shop, card_id) == 0
    order = buy(shop, MUG, payment_status="awaiting_payment")
    with pytest.raises(Conflict):
        act(shop, ActionName.REDEEM_GIFT_CARD, order, code=code)
    with pytest.raises(Conflict):
        cards.void(shop, card_id, "lost", people.MERCHANT, NOW)


def test_a_card_expires_after_its_last_day(shop: Shop) -> None:
    card_id, code = issued(shop, expires_on=TODAY)
    assert cards.expire(shop, NOW) == 0
    assert cards.by_code(shop, code, TODAY)["state"] == "open"
    assert cards.expire(shop, NOW + timedelta(days=1)) == 1
    assert cards.expire(shop, NOW + timedelta(days=1)) == 0
    assert balance(shop, card_id) == 0
    assert cards.by_code(shop, code, TODAY + timedelta(days=1))["state"] == "expired"


def test_a_correction_needs_a_reason_and_leaves_no_debt(shop: Shop) -> None:
    card_id, _code = issued(shop)
    with pytest.raises(Invalid):
        cards.adjust(shop, card_id, Decimal(5), " ", people.MERCHANT, NOW)
    with pytest.raises(Conflict):
        cards.adjust(shop, card_id, Decimal(-51), "too much", people.MERCHANT, NOW)
    cards.adjust(shop, card_id, Decimal(-20), "paid at the market", people.MERCHANT, NOW)
    assert balance(shop, card_id) == Decimal("30")


def test_a_card_is_sent_again_with_the_same_code_to_another_address(shop: Shop) -> None:
    order = buy(shop, CARD)
    (card,) = goods_of(shop, order).cards
    code = code_of(shop, order)
    cards.resend(shop, card["id"], people.MERCHANT, "zoe@example.com", NOW)
    assert code_of(shop, order) == code
    found = outbox.page(shop, text="zoe@example.com").rows
    assert [row["template"] for row in found] == ["gift_card"]
    waiting = outbox.page(shop, (outbox.MessageState.WAITING,), "example.com").rows
    assert [row["recipient"] for row in waiting if row["template"] == "gift_card"] == ["zoe@example.com"]


def test_a_card_issued_by_hand_with_an_address_is_mailed(shop: Shop) -> None:
    issued(shop, email="zoe@example.com", name="Zoé")
    (row,) = outbox.page(shop, text="zoe@example.com").rows
    whole = outbox.message(shop, row["id"])
    assert "••••" in whole["body_text"] and "Zoé" in whole["body_text"]


@pytest.mark.parametrize(
    "wrong",
    [{"value": Decimal(0)}, {"value": Decimal("1.001")}, {"currency": "XXQ"}, {"email": "nobody"}, {"value": -5}],
)
def test_a_card_that_makes_no_sense_is_not_issued(shop: Shop, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        cards.issue(shop, replace(NewCard(Decimal(50), "EUR"), **wrong), people.MERCHANT, NOW)  # type: ignore[arg-type]


def test_an_unknown_code_is_not_found_and_a_mistyped_one_is_said(shop: Shop) -> None:
    with pytest.raises(NotFound):
        cards.by_code(shop, codes.new_code(), TODAY)
    with pytest.raises(Invalid):
        cards.by_code(shop, "AAAA-BBBB-CCCC-DDDD", TODAY)


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("Recipient's email", "Zoé <zoe@example.com>", "email", "zoe@example.com"),
        ("E-mail du bénéficiaire", "zoe@example.com", "email", "zoe@example.com"),
        ("Courriel", "not an address", "email", ""),
        ("Your email", "ines@example.com", "email", ""),
        ("To", "Zoé", "name", "Zoé"),
        ("Pour", "Zoé", "name", "Zoé"),
        ("De la part de", "Inès", "sender", "Inès"),
        ("From", "Inès", "sender", "Inès"),
        ("Gift message", "Happy birthday", "message", "Happy birthday"),
        ("Petit mot", "Bon anniversaire", "message", "Bon anniversaire"),
        ("Send on", "2026-12-24", "day", date(2026, 12, 24)),
        ("Date d'envoi", "24 décembre 2026", "day", date(2026, 12, 24)),
        ("Delivery date", "someday", "day", None),
        ("Couleur", "bleu", "message", ""),
    ],
)
def test_what_the_buyer_said_is_read_in_both_languages(name: str, value: str, field: str, read: object) -> None:
    assert getattr(present(line("Carte", options=((name, value),))), field) == read
