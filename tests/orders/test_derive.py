"""What follows from facts, for any money and any quantities."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.orders import derive
from services.orders.parts import Line, Payment
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus

money = st.decimals(0, 10_000, places=2)
quantity = st.decimals(0, 50, places=3)


def payment(kind: PaymentKind, amount: Decimal) -> Payment:
    return Payment("p", None, kind, amount, "EUR", "card", "", "", "", None)


def line(quantity: Decimal, shipped: Decimal, returned: Decimal, kind: Kind = Kind.PHYSICAL) -> Line:
    price = Decimal(1)
    rest = {"discount": Decimal(0), "tax": Decimal(0), "total": quantity, "refunded": Decimal(0)}
    return Line("l", 1, "", "Mug", (), kind, quantity, price, shipped=shipped, returned=returned, **rest)


@given(total=money, paid=money, refunded=money)
def test_the_payment_status_says_what_the_money_says(total: Decimal, paid: Decimal, refunded: Decimal) -> None:
    refunded = min(refunded, paid)
    status = derive.payment_status(total, paid, refunded, ())
    assert (status is PaymentStatus.REFUNDED) == (refunded > 0 and refunded == paid)
    assert (status is PaymentStatus.PARTIALLY_REFUNDED) == (0 < refunded < paid)
    assert (status is PaymentStatus.PAID) == (refunded == 0 and paid >= total)
    assert (status is PaymentStatus.AWAITING_PAYMENT) == (refunded == 0 and paid == 0 and total > 0)


@given(total=money, paid=money)
def test_what_is_due_is_never_below_zero_and_never_more_than_the_total(total: Decimal, paid: Decimal) -> None:
    due = derive.due(total, paid, PaymentStatus.PARTIALLY_PAID, FulfilmentStatus.PROCESSING)
    assert 0 <= due <= total
    assert due == 0 or due + paid == total


def test_nothing_is_due_of_a_cancelled_order() -> None:
    refused = FulfilmentStatus.WILL_NOT_DELIVER
    assert derive.due(Decimal(10), Decimal(0), PaymentStatus.CANCELLED, refused) == 0
    assert derive.due(Decimal(10), Decimal(4), PaymentStatus.PARTIALLY_PAID, refused) == 0
    assert derive.due(Decimal(10), Decimal(0), PaymentStatus.AWAITING_PAYMENT, refused) == 10  # not cancelled yet


@given(st.lists(st.tuples(st.sampled_from(PaymentKind), money), max_size=6))
def test_only_charges_captures_and_gift_cards_bring_money_and_only_refunds_give_it_back(
    moves: list[tuple[PaymentKind, Decimal]],
) -> None:
    rows = [payment(kind, amount) for kind, amount in moves]
    assert derive.received(rows) == sum((a for k, a in moves if k in ("charge", "capture", "gift_card")), Decimal(0))
    assert derive.given_back(rows) == sum((a for k, a in moves if k == "refund"), Decimal(0))


def test_an_authorisation_is_no_money() -> None:
    rows = [payment(PaymentKind.AUTHORISATION, Decimal(10))]
    assert derive.payment_status(Decimal(10), Decimal(0), Decimal(0), rows) is PaymentStatus.AUTHORISED


@given(st.lists(st.tuples(st.sampled_from(PaymentKind), money), max_size=6))
def test_what_a_provider_still_holds_is_never_below_zero_nor_more_than_it_promised(
    moves: list[tuple[PaymentKind, Decimal]],
) -> None:
    rows = [payment(kind, amount) for kind, amount in moves]
    assert 0 <= derive.promised(rows) <= sum((a for k, a in moves if k == "authorisation"), Decimal(0))


def test_an_authorisation_that_was_let_go_promises_nothing() -> None:
    rows = [payment(PaymentKind.AUTHORISATION, Decimal(10)), payment(PaymentKind.VOID, Decimal(10))]
    assert derive.payment_status(Decimal(10), Decimal(0), Decimal(0), rows) is PaymentStatus.AWAITING_PAYMENT


@given(st.lists(st.tuples(quantity, quantity), min_size=1, max_size=5))
def test_shipped_means_that_nothing_is_left(rows: list[tuple[Decimal, Decimal]]) -> None:
    lines = [line(ordered, min(shipped, ordered), Decimal(0)) for ordered, shipped in rows]
    status = derive.shipped_status(lines, FulfilmentStatus.PROCESSING)
    left = sum((derive.left_to_ship(one) for one in lines), Decimal(0))
    gone = sum((one.shipped for one in lines), Decimal(0))
    expected = FulfilmentStatus.SHIPPED if left == 0 else FulfilmentStatus.PARTIALLY_SHIPPED
    assert status is (expected if gone else FulfilmentStatus.PROCESSING)


def test_digital_lines_do_not_wait_for_a_parcel() -> None:
    lines = [line(Decimal(1), Decimal(1), Decimal(0)), line(Decimal(1), Decimal(0), Decimal(0), Kind.DIGITAL)]
    assert derive.shipped_status(lines, FulfilmentStatus.PROCESSING) is FulfilmentStatus.SHIPPED


def test_returned_means_that_all_that_left_came_back() -> None:
    two, one = Decimal(2), Decimal(1)
    shipped = FulfilmentStatus.SHIPPED
    assert derive.returned_status([line(two, two, one)], shipped) is shipped
    assert derive.returned_status([line(two, two, two)], shipped) is FulfilmentStatus.RETURNED
