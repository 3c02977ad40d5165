"""Figures by example, on both homes: which month an order counts in, what counts at all, what a filter leaves."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from services import query
from services.analytics import Asked, Clock, answer, as_json, ask
from services.errors import Invalid, NotFound
from services.orders.draft import DraftPayment
from services.orders.finding import View, find
from services.orders.statuses import PaymentKind, PaymentStatus
from services.shop import Shop
from tests.orders.sample import draft, keep, unpaid

REFUND = (
    DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), datetime(2025, 12, 30, 10)),
    DraftPayment(PaymentKind.REFUND, Decimal("8.90"), datetime(2026, 2, 1, 10)),
)


def test_an_order_of_the_last_night_counts_in_the_shops_year(shop: Shop) -> None:
    """23:00 in London on New Year's Eve is midnight in Paris."""
    keep(shop, draft("1", placed_at=datetime(2025, 12, 31, 22, 59)), draft("2", placed_at=datetime(2025, 12, 31, 23)))
    rows = answer(shop, "revenue_by_month").rows
    assert [(row["month"], row["orders"]) for row in rows] == [("2025-12", 1), ("2026-01", 1)]


def test_days_around_the_change_of_the_clock_are_the_shops_days(any_shop: Shop) -> None:
    keep(any_shop, draft("1", placed_at=datetime(2026, 3, 28, 23)), draft("2", placed_at=datetime(2026, 3, 29, 22)))
    rows = answer(any_shop, "revenue_by_day").rows
    assert [(row["day"], row["orders"]) for row in rows] == [(date(2026, 3, 29), 1), (date(2026, 3, 30), 1)]


def test_a_refund_lowers_the_month_of_its_order_or_its_own(any_shop: Shop) -> None:
    keep(any_shop, draft("1", placed_at=datetime(2025, 12, 30, 10), payments=REFUND))
    by_order = answer(any_shop, "revenue_by_month").rows
    assert [(row["month"], row["paid"], row["refunded"], row["net"]) for row in by_order] == [
        ("2025-12", Decimal("48.90"), Decimal("8.90"), Decimal("40.00"))
    ]
    by_event = answer(any_shop, "revenue_by_month", clock=Clock.EVENT).rows
    assert [(row["month"], row["net"]) for row in by_event] == [
        ("2025-12", Decimal("48.90")),
        ("2026-01", Decimal(0)),
        ("2026-02", Decimal("-8.90")),
    ]


def test_a_cancelled_order_is_not_placed_but_its_money_is_money(any_shop: Shop) -> None:
    keep(any_shop, draft("1", payment_status=PaymentStatus.CANCELLED), unpaid("2"))
    (row,) = answer(any_shop, "overview").rows
    assert (row["orders"], row["cancelled_orders"], row["placed"]) == (1, 1, Decimal("48.90"))
    assert row["paid"] == Decimal("48.90")


def test_the_overview_counts_customers_once_and_gives_an_average_of_the_currency(any_shop: Shop) -> None:
    keep(
        any_shop,
        draft("1"),
        draft("2", email="INES@example.com"),
        draft("3", email="ada@example.com", total=Decimal(1)),
    )
    (row,) = answer(any_shop, "overview").rows
    assert (row["customers"], row["average_order"]) == (2, Decimal("32.93"))
    assert as_json(answer(any_shop, "overview"))["rows"][0]["average_order"] == "32.93"


def test_a_figure_has_the_filter_of_the_list_and_its_orders_too(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2", payment_method="card", payment_method_label="Carte"), unpaid("3"))
    told = answer(shop, "revenue_by_country", query.parse("payment_method:card"))
    assert [(row["country"], row["orders"]) for row in told.rows] == [("FR", 1)]
    behind = told.behind(told.rows[0])
    assert behind == "payment_method:card country:FR currency:EUR -payment:cancelled"
    assert find(shop, View(query.parse(behind))).sums == {"EUR": told.rows[0]["placed"]}


def test_money_on_its_own_day_leads_to_the_orders_whose_money_moved_then(shop: Shop) -> None:
    later = DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), datetime(2026, 4, 2, 12))
    keep(shop, draft("1"), draft("2", payments=(later,)))
    told = ask(shop, Asked((Measure.PAID,), (Dimension.MONTH,), clock=Clock.EVENT))
    assert [told.behind(row, Measure.PAID) for row in told.rows] == [
        "moved:2026-03 currency:EUR",
        "moved:2026-04 currency:EUR",
    ]
    listed = find(shop, View(query.parse(told.behind(told.rows[1], Measure.PAID) or "")))
    assert [row["number"] for row in listed.rows] == ["2"]
    failed = ask(shop, Asked((Measure.FAILURES,), (Dimension.MONTH,), clock=Clock.EVENT))
    assert [failed.behind(row, Measure.FAILURES) for row in failed.rows] == [None] * len(failed.rows)


def test_the_shops_own_currency_is_meant_when_none_is_given(shop: Shop) -> None:
    keep(shop, draft("1", currency="USD"))
    assert answer(shop, "revenue_by_month").rows == ()
    assert answer(shop, "revenue_by_month", currency="usd").currency == "USD"


def test_an_unknown_name_or_currency_is_refused(shop: Shop) -> None:
    with pytest.raises(NotFound, match="Did you mean revenue_by_country"):
        answer(shop, "revenue_by_contry", Filter())
    with pytest.raises(Invalid, match="ISO 4217"):
        answer(shop, "overview", currency="€")
