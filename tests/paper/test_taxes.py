"""Taxes by rate are found from an order's amounts, and sum to them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.money import ZERO, rounded
from services.orders.order import Order
from services.paper.credit_notes import tax_shares
from services.paper.taxes import by_rate, line_rates
from tests.messages.invented import line, order

D = Decimal


def taxed(
    *lines: tuple[str, str, str], included: bool = True, fee: str = "0", fee_tax: str = "0", **more: Any
) -> Order:
    """An order of lines (quantity, unit price, tax)."""
    made = tuple(line("Tasse", quantity, price, tax=D(tax)) for quantity, price, tax in lines)
    subtotal = sum((one.total for one in made), ZERO)
    tax = sum((one.tax for one in made), ZERO) + D(fee_tax)
    total = subtotal + D(fee) + (ZERO if included else tax) - more.get("discount", ZERO)
    sums = {"subtotal": subtotal, "shipping_fee": D(fee), "tax": tax, "tax_included": included, "total": total}
    return order(lines=made, **{"discount": ZERO, "handling_fee": ZERO} | sums | more)


def rows(given_order: Order) -> list[tuple[Decimal | None, Decimal, Decimal]]:
    return [(row.rate, row.base, row.tax) for row in by_rate(given_order)]


def test_rates_are_told_by_the_amounts() -> None:
    mixed = taxed(("2", "15.00", "5.00"), ("1", "14.00", "0.73"), fee="4.90", fee_tax="0.82")
    assert rows(mixed) == [(D(20), D("29.08"), D("5.82")), (D("5.5"), D("13.27"), D("0.73"))]


def test_prices_without_tax_have_it_on_top() -> None:
    assert rows(taxed(("1", "100.00", "19.00"), included=False)) == [(D(19), D("100.00"), D("19.00"))]


def test_a_small_line_takes_the_rate_of_a_large_one() -> None:
    small_and_large = taxed(("1", "120.00", "20.00"), ("1", "0.99", "0.17"))
    assert set(line_rates(small_and_large).values()) == {D(20)}


def test_a_discount_on_the_whole_order_lowers_every_base() -> None:
    discounted = taxed(("1", "60.00", "9.00"), ("1", "40.00", "6.00"), discount=D(10))
    assert rows(discounted) == [(D(20), D("75.00"), D("15.00"))]


def test_taxes_of_the_order_alone_tell_their_rate_when_there_is_one() -> None:
    lump = taxed(("1", "50.00", "0"), fee="10.00", fee_tax="10.00")
    assert rows(lump) == [(D(20), D("50.00"), D("10.00"))]
    mixed = taxed(("1", "50.00", "0"), fee="10.00", fee_tax="7.77")
    assert rows(mixed) == [(None, D("52.23"), D("7.77"))]


def test_a_tax_that_no_country_takes_has_no_rate() -> None:
    assert rows(taxed(("1", "10.00", "6.00"))) == [(None, D("4.00"), D("6.00"))]


amounts = st.decimals("0.01", "9999", places=2)
lines = st.lists(
    st.tuples(st.integers(1, 9).map(str), amounts.map(str), st.sampled_from(["0", "5.5", "10", "20"])), min_size=1
)


@given(lines, st.booleans(), st.decimals("0.01", "1", places=2))
def test_bases_and_taxes_always_sum_to_the_order_and_to_a_refund(
    given_lines: list[tuple[str, str, str]], included: bool, share: Decimal
) -> None:
    made = []
    for quantity, price, rate in given_lines:
        gross = D(quantity) * D(price)
        tax = rounded(gross * D(rate) / ((100 + D(rate)) if included else 100), "EUR")
        made.append((quantity, price, str(tax)))
    whole = taxed(*made, included=included)
    found = by_rate(whole)
    assert sum((row.tax for row in found), ZERO) == whole.tax
    assert sum((row.base for row in found), ZERO) == whole.total - whole.tax
    refund = rounded(whole.total * share, "EUR")
    assert sum((row.base + row.tax for row in tax_shares(whole, refund, {})), ZERO) == refund
