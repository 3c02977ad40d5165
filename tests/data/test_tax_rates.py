"""At which rate a line was taxed, told by its tax and its amount."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import tax_rates
from data.tax_rates import KNOWN, RATES
from services.analytics import answer
from services.money import rounded, unit
from services.orders.draft import DraftLine
from services.shop import Shop
from tests.orders.sample import LYON, NOW, draft, keep

Taxed = tuple[str, str, Decimal, Decimal]  # currency, country, tax, amount without it
PLACES = [(country, rate) for country, rates in RATES.items() for rate in rates]


def rates(shop: Shop, taxed: Iterable[Taxed]) -> list[Decimal | None]:
    """The rate of each, in the order in which they came."""
    listed = list(taxed)
    rows = ", ".join(f"({at}, '{c}', '{where}', {tax:.3f}, {of:.3f})" for at, (c, where, tax, of) in enumerate(listed))
    with shop.store.read() as read:
        found = read.rows(
            f"with shares (place, currency, country, tax, taxable) as (select place, currency, country, "
            f"cast(tax as decimal(18, 3)), cast(taxable as decimal(18, 3)) from (values {rows}) "
            f"v (place, currency, country, tax, taxable)),\n{tax_rates.steps()}\n"
            "select tax_rate from rated_shares order by place"
        )
    return [row["tax_rate"] for row in found]


def fits(rate: Decimal, tax: Decimal, of: Decimal, currency: str) -> bool:
    """Whether the tax is the rate of the amount, or what a price with it holds, to the smallest unit."""
    price = tax + of
    half = unit(currency) / 2
    return abs(tax - price * rate / (100 + rate)) <= half or abs(tax - of * rate / 100) <= half


@given(
    st.lists(
        st.tuples(
            st.sampled_from(PLACES),
            st.sampled_from(["EUR", "JPY", "KWD"]),
            st.integers(1, 10_000_000),
            st.booleans(),
        ),
        min_size=1,
        max_size=60,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_line_at_a_known_rate_is_told_at_it_or_at_none_where_others_fit_too(
    shop: Shop, lines: list[tuple[tuple[str, Decimal], str, int, bool]]
) -> None:
    taxed: list[Taxed] = []
    meant: list[Decimal] = []
    for (country, rate), currency, units, is_with_tax in lines:
        amount = units * unit(currency)
        tax = rounded(amount * rate / (100 + rate if is_with_tax else 100), currency)
        if tax and amount > tax:
            taxed.append((currency, country, tax, amount - tax if is_with_tax else amount))
            meant.append(rate)
    if not taxed:
        return
    for (currency, country, tax, of), rate, told in zip(taxed, meant, rates(shop, taxed), strict=True):
        others = [one for one in RATES[country] if one != rate and fits(one, tax, of, currency)]
        assert told == (None if others else rate), (country, currency, tax, of)


def test_a_shop_that_charges_its_own_countrys_rate_abroad_is_told_at_that(shop: Shop) -> None:
    assert rates(shop, [("EUR", "DE", Decimal("20.00"), Decimal("100.00"))]) == [Decimal(20)]


def test_a_small_abroad_amount_that_fits_several_rates_is_told_at_none(shop: Shop) -> None:
    assert rates(shop, [("EUR", "DK", Decimal("0.02"), Decimal("0.11"))]) == [None]


def test_a_rate_that_nobody_lists_stays_at_a_tenth(shop: Shop) -> None:
    taxed = [("EUR", "FR", Decimal("17.37"), Decimal("100.00")), ("USD", "US", Decimal("0.41"), Decimal("5.00"))]
    assert rates(shop, taxed) == [Decimal("17.4"), Decimal("8.2")]


def test_every_rate_has_the_one_decimal_that_figures_show() -> None:
    assert all(rate == rate.quantize(Decimal("0.1"), ROUND_HALF_UP) and 0 < rate < 40 for rate in KNOWN)


def test_cents_of_many_small_lines_no_longer_make_rates_of_their_own(any_shop: Shop) -> None:
    """0.99 € with tax at 20 % holds 0.17 €: 20.7 % of 0.82 €."""
    line = DraftLine("Postcard", Decimal(1), Decimal("0.99"), sku="CARD", tax=Decimal("0.17"))
    keep(
        any_shop,
        *(
            draft(
                str(at),
                placed_at=NOW + timedelta(hours=at),
                lines=(line,),
                subtotal=Decimal("0.99"),
                shipping_fee=Decimal(0),
                total=Decimal("0.99"),
                tax=Decimal("0.17"),
                payments=(),
                shipping_address=LYON,
            )
            for at in range(3)
        ),
    )
    rows = answer(any_shop, "taxes").rows
    assert [(row["country"], row["tax_rate"], row["taxable"], row["tax"]) for row in rows] == [
        ("FR", Decimal("20.0"), Decimal("2.46"), Decimal("0.51"))
    ]


def test_tax_that_is_told_of_the_whole_order_counts_at_its_rate_with_lines_and_fees(shop: Shop) -> None:
    lines = tuple(
        DraftLine(name, Decimal(1), Decimal(price)) for name, price in (("A", "0.99"), ("B", "13.37"), ("C", "7"))
    )
    keep(shop, draft("1", lines=lines, subtotal=Decimal("21.36"), total=Decimal("26.26"), tax=Decimal("4.38")))
    rows = answer(shop, "taxes").rows
    assert [(row["tax_rate"], row["taxable"], row["tax"]) for row in rows] == [
        (Decimal("20.0"), Decimal("21.88"), Decimal("4.38"))
    ]
