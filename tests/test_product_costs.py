"""What products cost, and what is left of their sales."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dimensions import Dimension
from data.measures import Measure
from services import product_costs
from services.analytics import Asked, Ratio, answer, ask
from services.errors import Invalid
from services.orders.draft import DraftLine
from services.orders.statuses import PaymentStatus
from services.people import MERCHANT
from services.product_costs import Cost
from services.shop import Shop
from tests.orders.sample import draft, keep

D = Decimal
MONEY = (Measure.PLACED, Measure.TAX, Measure.COSTED, Measure.COST, Measure.MARGIN, Measure.UNCOSTED)
MUG, BOOK = "TASSE-1", "CARN-5"


def cost(
    product: str, amount: str | None, since: date | None = None, category: str = "", currency: str = "EUR"
) -> Cost:
    return Cost(product, currency, None if amount is None else D(amount), since, category)


def rows(shop: Shop, *by: Dimension) -> dict[object, dict[str, object]]:
    found = ask(shop, Asked((*MONEY, Ratio.MARGIN_RATE), by, currency="EUR"))
    return {next(iter(row.values())): row for row in found.rows}


def test_a_margin_is_what_was_ordered_without_tax_less_the_cost_of_that_day(any_shop: Shop) -> None:
    keep(
        any_shop,
        draft("1", placed_at=datetime(2026, 1, 10, 12)),
        draft("2", placed_at=datetime(2026, 3, 10, 12)),
        draft("3", placed_at=datetime(2026, 3, 11, 12), payment_status=PaymentStatus.CANCELLED, payments=()),
    )
    product_costs.keep(any_shop, [cost(MUG, "6"), cost(MUG, "7.5", date(2026, 3, 1), "Mugs")], MERCHANT)
    by_product = rows(any_shop, Dimension.PRODUCT)
    mugs, books = by_product[MUG], by_product[BOOK]
    # 60 less its part of the tax, which is told of the whole order
    assert (mugs["costed"], mugs["cost"], mugs["margin"], mugs["uncosted"]) == (50, 12 + 15, 23, 0)
    assert mugs["margin_rate"] == 46
    assert (books["cost"], books["margin"], books["margin_rate"]) == (None, None, None)
    assert books["uncosted"] == D("23.34")
    assert {month: row["cost"] for month, row in rows(any_shop, Dimension.MONTH).items()} == {
        "2026-01": 12, "2026-02": None, "2026-03": 15,
    }  # fmt: skip
    assert {one: row["margin"] for one, row in rows(any_shop, Dimension.CATEGORY).items()} == {"Mugs": 23, "": None}


def test_before_the_first_day_of_a_cost_it_is_not_known(shop: Shop) -> None:
    keep(shop, draft("1", placed_at=datetime(2026, 1, 10, 12)))
    product_costs.keep(shop, [cost(MUG, "6", date(2026, 1, 11)), cost(MUG, "6", currency="USD")], MERCHANT)
    assert rows(shop, Dimension.PRODUCT)[MUG]["cost"] is None
    product_costs.keep(shop, [cost(MUG, "0", date(2026, 1, 10))], MERCHANT)
    assert rows(shop, Dimension.PRODUCT)[MUG]["cost"] == 0
    product_costs.forget(shop, cost(MUG, None, date(2026, 1, 10)))
    assert rows(shop, Dimension.PRODUCT)[MUG]["cost"] is None


def test_a_cost_said_again_takes_the_place_of_that_of_its_day(any_shop: Shop) -> None:
    product_costs.keep(any_shop, [cost(MUG, "6"), cost(MUG, "8", date(2026, 1, 1))], MERCHANT)
    product_costs.keep(any_shop, [cost(MUG, "5")], MERCHANT)
    assert [(one.since_on, one.unit_cost) for one in product_costs.every(any_shop)] == [
        (date(2026, 1, 1), 8),
        (None, 5),
    ]


def test_margin_cost_and_what_has_no_cost_are_what_was_ordered_without_tax(any_shop: Shop) -> None:
    keys = ("A", "B", "C", "D")
    amounts = st.integers(0, 99_999).map(lambda cents: D(cents).scaleb(-2))
    lines = st.tuples(st.sampled_from(keys), st.sampled_from(("1", "2", "0.333", "1.5")), amounts)
    orders = st.lists(st.tuples(st.lists(lines, max_size=4), amounts, st.booleans()), min_size=1, max_size=6)
    costs = st.dictionaries(st.sampled_from(keys), st.integers(0, 9_999_999).map(lambda n: D(n).scaleb(-4)), max_size=3)

    @settings(max_examples=8, deadline=None)
    @given(orders, costs)
    def holds(orders: list[tuple[list[tuple[str, str, Decimal]], Decimal, bool]], costs: dict[str, Decimal]) -> None:
        with any_shop.store.write() as write:
            for table in ("orders", "order_lines", "payments", "order_events", "search_terms", "order_cards"):
                write.execute(f"delete from {table}")
            for table in ("stale_orders", "order_figures", "line_shares", "product_days", "product_costs"):
                write.execute(f"delete from {table}")
        keep(
            any_shop,
            *(
                draft(
                    f"{at}",
                    placed_at=datetime(2026, 1 + at % 2, 10),
                    lines=tuple(DraftLine(f"Thing {k}", D(q), unit, sku=k) for k, q, unit in told),
                    subtotal=D(0),
                    shipping_fee=D("4.90"),
                    total=total,
                    tax=(total / 6).quantize(D("0.01")),
                    tax_included=included,
                )
                for at, (told, total, included) in enumerate(orders)
            ),
        )
        product_costs.keep(any_shop, [cost(key, str(amount)) for key, amount in costs.items()], MERCHANT)
        whole = None
        for by in ((), (Dimension.PRODUCT,), (Dimension.MONTH,), (Dimension.PAYMENT_METHOD,), (Dimension.CATEGORY,)):
            found = ask(any_shop, Asked(MONEY, by, currency="EUR")).rows
            for row in found:
                known = (row["margin"] or 0) + (row["cost"] or 0)
                assert known + row["uncosted"] == row["placed"] - row["tax"], (by, row)
                assert known == row["costed"]
            sums = [sum(row[one.value] or 0 for row in found) for one in MONEY]
            whole = whole or sums
            assert sums == whole, by

    holds()


def test_what_is_no_cost_is_refused_with_a_sentence(shop: Shop) -> None:
    for bad, said in (
        (cost("", "1"), "names no product"),
        (cost(MUG, "-1"), "zero or more"),
        (cost(MUG, "NaN"), "zero or more"),
        (cost(MUG, None), "neither a cost nor a category"),
        (cost(MUG, "1", currency="euros"), "no currency"),
        (cost(MUG, "1", category="x" * 300), "at most 200"),
    ):
        with pytest.raises(Invalid, match=said):
            product_costs.keep(shop, [cost(BOOK, "1"), bad], MERCHANT)
    assert product_costs.every(shop) == []


def test_the_margins_report_is_by_product_and_leads_to_the_orders(shop: Shop) -> None:
    keep(shop, draft("1"))
    product_costs.keep(shop, [cost(MUG, "6.123456")], MERCHANT)
    found = answer(shop, "margins")
    mugs = next(row for row in found.rows if row["sku"] == MUG)
    assert (mugs["cost"], mugs["margin"], mugs["margin_rate"]) == (D("12.25"), D("12.75"), D("51.0"))
    assert found.behind(mugs) == "sku:TASSE-1 currency:EUR -payment:cancelled"
    assert "margin: costed − cost" in found.definition
