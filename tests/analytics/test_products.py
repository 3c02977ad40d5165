"""Products: classes by what they bring, prices against the list, what sleeps, and what sells together."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from services import query
from services.analytics import Asked, Ratio, ask, products
from services.analytics.answering import Answer
from services.analytics.products import Letter
from services.analytics.sold_together import together
from services.orders.draft import DraftLine
from services.orders.finding import View, find
from services.orders.statuses import PaymentStatus
from services.shop import Shop
from tests.orders.sample import MUGS, NOTEBOOK, draft, keep

D = Decimal
LAMP = DraftLine("Lamp", D(1), D(40))


def told(*amounts: Decimal) -> Answer:
    """An answer of products that brought these amounts."""
    rows = tuple({"sku": f"P{n}", "product": "", "placed": amount} for n, amount in enumerate(amounts))
    return Answer(Asked(products.BEST, (Dimension.PRODUCT,)), "", "UTC", "EUR", (), rows, "", datetime(2026, 3, 14))


def letters(*amounts: int) -> str:
    return "".join(one.letter for one in products.ranked(told(*map(D, amounts))))


def test_the_first_80_percent_are_a_up_to_95_b_and_the_rest_c() -> None:
    assert letters(80, 15, 5) == "ABC"
    assert letters(79, 2, 14, 5) == "AABC"
    assert letters(100) == "A"
    assert letters(0, 0) == "CC"
    assert letters(10, 0, -5) == "ACC"


@given(st.lists(st.integers(-500, 100_000), min_size=1, max_size=40))
def test_classes_are_all_of_the_products_the_best_first(cents: list[int]) -> None:
    rows = products.ranked(told(*(D(one).scaleb(-2) for one in cents)))
    classes = products.classes(rows)
    assert sum(one.products for one in classes) == len(cents)
    assert sum(one.placed for one in classes) == sum(D(one).scaleb(-2) for one in cents)
    assert [one.letter for one in rows] == sorted(one.letter for one in rows)
    best = [one for one in rows if one.letter is Letter.A]
    if any(one > 0 for one in cents):
        assert best and best[-1].until >= 80
        assert best[-1].until - best[-1].share < 80
        assert abs(sum(one.share for one in rows) - 100) < D("0.001")
    else:
        assert not best


def test_prices_are_laid_beside_the_list_whether_tax_is_in_them_or_not(shop: Shop) -> None:
    cheaper = DraftLine("Vase", D(2), D("50.00"), sku="VASE", discount=D(20), tax=D("13.34"))
    keep(
        shop,
        draft("1", lines=(cheaper,), subtotal=D(100), discount=D(20), shipping_fee=D(0), total=D(80), tax=D("13.34")),
    )
    (row,) = ask(shop, products.asked(products.PRICES, Filter(), "EUR")).rows
    assert (row["average_price"], row["list_price"], row["markdown_rate"], row["markdown"]) == (40, 50, 20, 20)
    whole = ask(shop, Asked((Measure.MARKDOWN, Measure.LISTED, Ratio.MARKDOWN_RATE), (), currency="EUR")).rows[0]
    assert (whole["markdown"], whole["listed"]) == (20, 100)


def test_a_product_sleeps_when_it_sold_before_and_not_since(shop: Shop) -> None:
    keep(
        shop,
        draft("1", placed_at=datetime(2026, 1, 10, 12), lines=(LAMP, MUGS)),
        draft("2", placed_at=datetime(2026, 3, 10, 12), lines=(MUGS,)),
        draft(
            "3", placed_at=datetime(2026, 3, 11, 12), lines=(LAMP,), payment_status=PaymentStatus.CANCELLED, payments=()
        ),
    )
    found = ask(shop, products.asked(products.ASLEEP, Filter(), "EUR"))
    ((row, since),) = products.asleep(found, date(2026, 3, 14), 30)
    assert (row["product"], row["last_sold_on"], since) == ("Lamp", date(2026, 1, 10), 63)
    assert products.asleep(found, date(2026, 3, 14), 63) == []


def test_products_in_the_same_order_are_pairs_with_their_orders(any_shop: Shop) -> None:
    keep(
        any_shop,
        draft("1", lines=(MUGS, NOTEBOOK, MUGS)),
        draft("2", lines=(NOTEBOOK, MUGS, LAMP)),
        draft("3", lines=(LAMP, MUGS)),
        draft("4", lines=(MUGS,)),
        draft("5", lines=(DraftLine("Pen", D(1), D(1)),)),
        draft("6", lines=(MUGS, NOTEBOOK), payment_status=PaymentStatus.CANCELLED, payments=()),
        draft("7", lines=(MUGS, NOTEBOOK), currency="USD"),
    )
    found = together(any_shop, Filter(), "EUR")
    told = {frozenset((one.first, one.second)): one for one in found.pairs}
    assert set(told) == {frozenset(("Tasse bleue", "Carnet A5")), frozenset(("Tasse bleue", "Lamp"))}
    pair = told[frozenset(("Tasse bleue", "Carnet A5"))]
    assert (pair.orders, {pair.first_share, pair.second_share}, pair.lift) == (2, {D(50), D(100)}, D("1.25"))
    for one in found.pairs:
        assert find(any_shop, View(query.parse(one.query))).total == one.orders, one.query
    assert together(any_shop, query.parse("number:1"), "EUR").pairs == ()
