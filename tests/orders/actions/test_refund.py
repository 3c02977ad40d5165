"""Money goes back: in full, by amount, by lines; never more than came in."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.errors import Conflict, Invalid
from services.orders.draft import DraftLine, DraftPayment
from services.orders.statuses import ActionName, PaymentKind, PaymentStatus
from services.shop import Shop
from tests.orders.moving import do, now, preview, same, undo
from tests.orders.sample import MUGS, NOTEBOOK, draft, keep, unpaid

A, P = ActionName, PaymentStatus


def test_without_amount_or_lines_everything_goes_back(shop: Shop) -> None:
    [order] = keep(shop, draft())
    before = now(shop, order)
    answer = do(shop, order, A.REFUND, reason="Damaged", restock=True)
    kept = now(shop, order)
    assert (kept.payment_status, kept.refunded, kept.due) == (P.REFUNDED, Decimal("48.90"), 0)
    assert kept.payments[-1].kind is PaymentKind.REFUND
    assert kept.events[-1].after["restock"] is True
    undo(shop, order, answer)
    assert same(now(shop, order), before)


def test_refunded_whole_every_line_is_and_the_customer_is_told(shop: Shop) -> None:
    [order] = keep(shop, draft())
    [mail] = do(shop, order, A.REFUND).messages
    assert mail.message.template == "refunded"
    assert "48,90\xa0€" in mail.text
    assert [line.refunded for line in now(shop, order).lines] == [2, 1]
    assert do(shop, keep(shop, draft("2"))[0], A.REFUND, tell_customer=False).messages == ()


def test_the_voucher_is_given_back_once(shop: Shop) -> None:
    # a voucher of 10.00 on goods of 44.00: what is refunded is what was paid, 38.90 with the shipping
    [order] = keep(shop, draft(discount=Decimal("10.00"), total=Decimal("38.90"), payments=(charge("38.90"),)))
    lines = [{"line_id": line.id} for line in now(shop, order).lines]
    do(shop, order, A.REFUND, lines=lines, shipping=True)
    assert now(shop, order).refunded == Decimal("38.90")


def test_a_refund_typed_wrong_is_undone_and_made_again(shop: Shop) -> None:
    [order] = keep(shop, draft())
    wrong = do(shop, order, A.REFUND, amount="48.09")
    undo(shop, order, wrong)
    do(shop, order, A.REFUND, amount="8.09")
    kept = now(shop, order)
    assert (kept.refunded, kept.payment_status) == (Decimal("8.09"), P.PARTIALLY_REFUNDED)


def test_shipping_beside_an_amount_is_asked_about_and_too_much_of_it_refused(shop: Shop) -> None:
    [order] = keep(shop, draft())
    for params in ({"amount": "5", "shipping": True}, {"shipping": "4.91"}, {"shipping": "x"}):
        with pytest.raises(Invalid) as raised:
            do(shop, order, A.REFUND, **params)
        assert set(raised.value.fields) == {"shipping"}


def test_several_refunds_add_up_to_what_was_paid_and_not_a_cent_more(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.REFUND, amount="10.00")
    do(shop, order, A.REFUND, amount="0.01")
    assert now(shop, order).payment_status is P.PARTIALLY_REFUNDED
    with pytest.raises(Conflict, match=r"At most €38\.89 can be refunded"):
        do(shop, order, A.REFUND, amount="38.90")
    do(shop, order, A.REFUND, amount="38.89")
    assert now(shop, order).payment_status is P.REFUNDED


def test_lines_give_back_what_they_cost_and_are_not_refunded_twice(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0].id
    do(shop, order, A.REFUND, lines=[{"line_id": mugs, "quantity": 1}])
    kept = now(shop, order)
    assert kept.refunded == Decimal("15.00")
    assert kept.lines[0].refunded == 1
    with pytest.raises(Invalid) as raised:
        do(shop, order, A.REFUND, lines=[{"line_id": mugs, "quantity": 2}])
    assert raised.value.fields == {"lines.0.quantity": "Tasse bleue: 1 can be refunded, 2 asked for."}


def test_a_discount_on_the_whole_order_is_not_given_back_twice(shop: Shop) -> None:
    [order] = keep(shop, draft(discount=Decimal("4.40"), total=Decimal("44.50"), payments=(charge("44.50"),)))
    lines = [{"line_id": line.id} for line in now(shop, order).lines]
    do(shop, order, A.REFUND, lines=lines)
    assert now(shop, order).refunded == Decimal("39.60")  # 44.00 − 4.40; the shipping fee stays


def test_taxes_on_top_go_back_with_their_lines(shop: Shop) -> None:
    taxed = (replace(MUGS, tax=Decimal("6.00")), replace(NOTEBOOK, tax=Decimal("2.80")))
    told = {"tax": Decimal("8.80"), "tax_included": False, "total": Decimal("57.70"), "payments": (charge("57.70"),)}
    [order] = keep(shop, draft(lines=taxed, **told))
    do(shop, order, A.REFUND, lines=[{"line_id": now(shop, order).lines[0].id}])
    assert now(shop, order).refunded == Decimal("36.00")


def test_an_amount_beside_the_lines_counts(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0].id
    do(shop, order, A.REFUND, lines=[{"line_id": mugs}], amount="12.00")
    kept = now(shop, order)
    assert (kept.refunded, kept.lines[0].refunded) == (Decimal("12.00"), 2)


def test_where_no_money_came_none_goes_back(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    assert preview(shop, order, A.REFUND).refused is not None


def test_an_order_called_paid_without_a_payment_on_record_says_so(shop: Shop) -> None:
    [order] = keep(shop, draft(payments=()))
    assert "no money to give back" in (preview(shop, order, A.REFUND).refused or "")


@pytest.mark.parametrize("amount", ["0", "-1", "1.005", "NaN"])
def test_an_amount_that_is_no_money_is_refused(shop: Shop, amount: str) -> None:
    [order] = keep(shop, draft())
    with pytest.raises(Invalid) as raised:
        do(shop, order, A.REFUND, amount=amount)
    assert set(raised.value.fields) == {"amount"}


cents = st.integers(0, 500_000).map(lambda n: Decimal(n).scaleb(-2))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    prices=st.lists(st.tuples(st.integers(1, 9), cents), min_size=1, max_size=4),
    share=st.integers(0, 100),
    fee=cents,
)
def test_refunding_every_line_one_by_one_never_gives_back_more_than_was_paid(
    shop: Shop, prices: list[tuple[int, Decimal]], share: int, fee: Decimal
) -> None:
    lines = tuple(DraftLine(f"Line {n}", Decimal(q), price) for n, (q, price) in enumerate(prices))
    subtotal = sum((line.quantity * line.unit_price for line in lines), Decimal(0))
    discount = (subtotal * share / 100).quantize(Decimal("0.01"))
    total = subtotal - discount + fee
    sums = {"subtotal": subtotal, "discount": discount, "shipping_fee": fee, "total": total, "tax": Decimal(0)}
    [order] = keep(shop, draft(lines=lines, payments=(charge(str(total)),), **sums))
    for line in now(shop, order).lines:
        if preview(shop, order, A.REFUND, lines=[{"line_id": line.id}]).refused is None:
            do(shop, order, A.REFUND, lines=[{"line_id": line.id}])
    kept = now(shop, order)
    assert 0 <= kept.refunded <= kept.paid == total
    assert kept.refunded == sum(p.amount for p in kept.payments if p.kind is PaymentKind.REFUND)
    assert (kept.payment_status is P.REFUNDED) == (kept.refunded == kept.paid and kept.refunded > 0)


def charge(amount: str) -> DraftPayment:
    return DraftPayment(PaymentKind.CHARGE, Decimal(amount))
