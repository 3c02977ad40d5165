"""Refunding line after line, and then the shipping, gives back what was paid: to the cent, in any order of steps."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.orders.actions import refund
from services.orders.body import Body
from services.orders.order import Order
from services.orders.parts import Event, Line
from services.orders.plan import Asked, applied
from services.orders.shares import shares
from services.orders.statuses import EventKind, Kind, PaymentStatus
from services.people import MERCHANT
from tests.orders.invented import order_of
from tests.orders.sample import NOW

NONE = Decimal(0)
cents = st.integers(0, 20_000).map(lambda n: Decimal(n).scaleb(-2))
rows = st.lists(st.tuples(st.sampled_from(["1", "2", "3", "7", "0.5", "2.375"]), cents, cents), min_size=1, max_size=5)


def refunded(order: Order, **params: Any) -> Order:
    """The order after a refund, its event with it."""
    asked = Asked(NOW, MERCHANT, f"event-{len(order.events)}")
    plan = refund.plan(order, Body(params), asked)
    after = applied(order, plan, NOW)
    event = Event(asked.event_id, NOW, EventKind.REFUNDED, "merchant", {}, dict(plan.said), {}, "", "", None)
    return replace(after, events=(*after.events, event))


def bought(lines: list[tuple[str, Decimal, Decimal]], off: int, fees: Decimal, tax: Decimal, included: bool) -> Order:
    """A paid order of lines (quantity, price, tax), with so many per cent off the whole."""
    made = [
        Line(f"l{n}", n, "", f"Line {n}", (), Kind.PHYSICAL, Decimal(q), price, NONE, tax_, NONE, NONE, NONE, NONE)
        for n, (q, price, tax_) in enumerate(lines)
    ]
    made = [replace(line, total=(line.quantity * line.unit_price).quantize(Decimal("0.01"))) for line in made]
    subtotal = sum((line.total for line in made), Decimal(0))
    discount = (subtotal * off / 100).quantize(Decimal("0.01"))
    taxes = sum((line.tax for line in made), Decimal(0)) + tax
    total = subtotal - discount + fees + (Decimal(0) if included else taxes)
    return order_of(
        lines=tuple(made),
        subtotal=subtotal,
        discount=discount,
        shipping_fee=fees,
        tax=taxes,
        tax_included=included,
        total=total,
        paid=total,
        due=Decimal(0),
    )


@settings(max_examples=150, deadline=None)
@given(rows=rows, off=st.integers(0, 100), fees=cents, tax=cents, included=st.booleans(), first=st.booleans())
def test_line_after_line_and_then_the_shipping_is_exactly_what_was_paid(
    rows: list[tuple[str, Decimal, Decimal]], off: int, fees: Decimal, tax: Decimal, included: bool, first: bool
) -> None:
    order = bought(rows, off, fees, tax, included)
    if order.paid == 0:
        return
    if first and shares(order).fees_left > 0:
        order = refunded(order, shipping=str(shares(order).fees_left))
    for line in order.lines:
        if shares(order).of_lines({line.id: line.quantity}) > 0:
            order = refunded(order, lines=[{"line_id": line.id}])
            assert order.refunded <= order.paid
    if not first and shares(order).fees_left > 0:
        order = refunded(order, lines=[{"line_id": line.id} for line in order.lines], shipping=True)
    assert order.refunded == order.paid
    assert order.payment_status is PaymentStatus.REFUNDED


@settings(max_examples=60, deadline=None)
@given(price=cents, off=st.integers(0, 99), pieces=st.integers(1, 9))
def test_piece_after_piece_is_exactly_the_line(price: Decimal, off: int, pieces: int) -> None:
    order = bought([(str(pieces), price, Decimal(0))], off, Decimal(0), Decimal(0), True)
    for _piece in range(pieces):
        if shares(order).of_lines({"l0": Decimal(1)}) > 0:
            order = refunded(order, lines=[{"line_id": "l0", "quantity": 1}])
        else:  # pieces worth less than a cent
            order = replace(order, lines=(replace(order.lines[0], refunded=order.lines[0].refunded + 1),))
    assert order.refunded == order.paid


def test_shipping_goes_back_with_the_lines_or_stays() -> None:
    order = bought([("1", Decimal("30"), Decimal(0))], 0, Decimal("4.90"), Decimal(0), True)
    assert refunded(order, lines=[{"line_id": "l0"}], shipping=True).refunded == Decimal("34.90")
    assert refunded(order, lines=[{"line_id": "l0"}], shipping="2.00").refunded == Decimal("32.00")
    assert refunded(order, lines=[{"line_id": "l0"}], shipping=False).refunded == Decimal("30.00")
    assert refunded(order, shipping=False).refunded == Decimal("30.00")
    assert refunded(order, shipping="4.90").refunded == Decimal("4.90")
    assert refunded(order).refunded == refunded(order, shipping=True).refunded == Decimal("34.90")


def test_shipping_goes_back_once() -> None:
    order = bought([("2", Decimal("30"), Decimal(0))], 0, Decimal("4.90"), Decimal(0), True)
    order = refunded(order, lines=[{"line_id": "l0", "quantity": 1}], shipping=True)
    assert shares(order).fees_left == 0
    order = refunded(order, lines=[{"line_id": "l0", "quantity": 1}], shipping=True)
    assert order.refunded == order.paid == Decimal("64.90")


def test_the_tax_of_the_shipping_goes_back_with_the_shipping() -> None:
    order = bought([("1", Decimal("30"), Decimal("6"))], 0, Decimal("5"), Decimal("1"), False)
    assert (shares(order).goods, shares(order).fees) == (Decimal(36), Decimal(6))


@pytest.mark.parametrize("paid", ["10.00", "0.01"])
def test_where_only_a_part_was_paid_no_more_than_that_goes_back(paid: str) -> None:
    order = replace(
        bought([("1", Decimal("30"), Decimal(0))], 0, Decimal("4.90"), Decimal(0), True), paid=Decimal(paid)
    )
    assert refunded(order, lines=[{"line_id": "l0"}], shipping=True).refunded == Decimal(paid)
    whole = refunded(order)
    assert (whole.refunded, whole.lines[0].refunded) == (Decimal(paid), 0)
