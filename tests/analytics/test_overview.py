"""The overview: every figure of a period is the one that the order list and the named answers give."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from services.analytics import Clock, Ratio, answer, periods
from services.analytics.answering import only
from services.analytics.overview import DRAWN, Overview, change, grain_of, overview, steps
from services.analytics.periods import Named, Period
from services.orders.draft import DraftPayment
from services.orders.finding import Todo, View, find
from services.orders.statuses import PaymentKind, PaymentStatus
from services.query import parse
from services.shop import Shop
from tests.orders.sample import draft, keep, unpaid

NOW = datetime(2026, 3, 14, 9, 30)
AT = periods.shop_clock(NOW, "Europe/Paris")
MONTH = periods.named(Named.MONTH, AT)
TODAY = periods.named(Named.TODAY, AT)


def on(number: str, placed_at: datetime, **changes: Any) -> Any:
    """An order of 48.90 € placed and paid at a moment."""
    paid = {"payments": (DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), placed_at),)}
    return draft(number, **{"placed_at": placed_at, **paid, "email": f"{number}@example.com"} | changes)


def look(shop: Shop, period: Period = MONTH, q: str = "", currency: str = "") -> Overview:
    return overview(shop, period, NOW, parse(q), currency)


def test_a_month_so_far_stands_beside_the_same_days_of_the_one_before(shop: Shop) -> None:
    keep(
        shop,
        on("1", datetime(2026, 3, 2, 12)),
        on("2", datetime(2026, 3, 14, 8)),
        on("3", datetime(2026, 2, 14, 8)),
        on("4", datetime(2026, 2, 15, 8)),
        on("5", datetime(2025, 3, 1, 8)),
        on("6", datetime(2025, 3, 20, 8)),
    )
    found = look(shop)
    assert found.before is not None
    assert found.year_before is not None
    assert [one.figure(Measure.PAID) for one in (found.now, found.before, found.year_before)] == [
        Decimal("97.80"),
        Decimal("48.90"),
        Decimal("48.90"),
    ]
    assert change(found.now.figure(Measure.PAID), found.before.figure(Measure.PAID)) == 100


def test_money_may_count_on_the_day_on_which_it_moved(shop: Shop) -> None:
    def paid(at: datetime) -> dict[str, Any]:
        return {"payments": (DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), at),)}

    keep(
        shop,
        on("1", datetime(2026, 2, 10), **paid(datetime(2026, 3, 2, 12))),
        on("2", datetime(2026, 3, 5), **paid(datetime(2026, 3, 14, 9, 45))),
        on("3", datetime(2026, 3, 6), **paid(datetime(2026, 4, 1))),
        on("4", datetime(2026, 1, 6), **paid(datetime(2026, 2, 3))),
    )
    found = overview(shop, MONTH, NOW, counted=Clock.EVENT)
    assert found.now.figure(Measure.PAID) == Decimal("97.80")
    assert found.now.figure(Measure.ORDERS) == 2  # orders still count on their own day
    assert found.before is not None and found.before.figure(Measure.PAID) == Decimal("48.90")
    assert [(step.first.day, step.now) for step in found.curve(Measure.PAID) if step.now] == [
        (2, Decimal("48.90")),
        (14, Decimal("48.90")),
    ]
    behind = find(shop, View(parse(found.now.totals.behind({}, Measure.PAID) or "")))
    assert sorted(row["number"] for row in behind.rows) == ["1", "2"]
    assert found.now.totals.behind({}, Measure.ORDERS) == "placed:2026-03 currency:EUR -payment:cancelled"
    assert overview(shop, TODAY, NOW, counted=Clock.EVENT).before is None  # half a day is not laid beside a whole one


def test_figures_are_those_of_the_order_list_and_of_the_named_answer(any_shop: Shop) -> None:
    refund = DraftPayment(PaymentKind.REFUND, Decimal("5.00"), NOW)
    charge = DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), NOW)
    keep(
        any_shop,
        on("1", datetime(2026, 3, 2, 12)),
        on("2", datetime(2026, 3, 2, 13), email="1@example.com"),
        on("3", NOW, payments=(charge, refund), payment_status=PaymentStatus.PARTIALLY_REFUNDED),
        unpaid("4", placed_at=NOW),
        unpaid("5", placed_at=NOW, payment_status=PaymentStatus.CANCELLED),
        on("6", NOW, currency="USD"),
    )
    found = look(any_shop)
    named = answer(any_shop, "overview", periods.as_filter(MONTH)).rows[0]
    for figure in (Measure.PAID, Measure.ORDERS, Ratio.AVERAGE_ORDER, Measure.NEW_CUSTOMERS, Measure.REFUNDED):
        assert found.now.figure(figure) == named[figure.value]
    behind = found.now.totals.behind({}, Measure.PLACED)
    assert behind is not None
    assert find(any_shop, View(parse(behind))).sums == {"EUR": named["placed"]}
    assert found.now.figure(Measure.REFUNDED) == Decimal("5.00")
    assert look(any_shop, currency="USD").now.figure(Measure.ORDERS) == 1


def test_the_curve_adds_up_to_the_figures_and_ends_where_days_are_still_to_come(shop: Shop) -> None:
    keep(shop, on("1", datetime(2026, 3, 2, 12)), on("2", NOW), on("3", datetime(2026, 2, 28, 8)))
    found = look(shop)
    sums = {Measure.PAID: Decimal("97.80"), Measure.PLACED: Decimal("97.80"), Measure.ORDERS: 2}
    for figure in DRAWN:
        curve = found.curve(figure)
        assert len(curve) == 31
        assert sum(step.now for step in curve if step.now is not None) == sums[figure]
        assert [step.first.day for step in curve if step.now is None] == list(range(15, 32))
        assert [step.first.day for step in curve if step.is_unfinished] == [14]
        assert [step.first.day for step in curve if step.before] == [28]  # also of days that do not count yet
        assert [step.before for step in curve[28:]] == [None] * 3  # February has none


def test_a_day_goes_hour_by_hour_against_the_same_hours_of_the_day_before(shop: Shop) -> None:
    keep(
        shop,
        on("1", datetime(2026, 3, 14, 8)),
        on("2", datetime(2026, 3, 13, 9, 59)),
        on("3", datetime(2026, 3, 13, 15)),
    )
    found = look(shop, TODAY)
    assert found.grain is Dimension.HOUR
    assert found.before is not None
    assert found.before.figure(Measure.ORDERS) == 1
    orders = found.curve(Measure.ORDERS)
    assert [(step.hour, step.now) for step in orders if step.now] == [(9, 1)]
    assert [step.hour for step in orders if step.before] == [10, 16]
    assert [step.hour for step in orders if step.is_unfinished] == [10]


def test_the_filters_narrow_every_figure(shop: Shop) -> None:
    keep(shop, on("1", NOW), on("2", NOW, payment_method="card", payment_method_label="Card"))
    found = look(shop, q="payment_method:card")
    assert found.now.figure(Measure.ORDERS) == 1
    assert sum(step.now or 0 for step in found.curve(Measure.ORDERS)) == 1


def test_a_year_has_one_before_it_not_two_alike(shop: Shop) -> None:
    keep(shop, on("1", NOW), on("2", datetime(2025, 3, 1, 8)))
    found = look(shop, periods.named(Named.YEAR, AT))
    assert found.before is not None
    assert found.before.figure(Measure.ORDERS) == 1
    assert found.year_before is None


def test_what_waits_does_not_depend_on_the_period(any_shop: Shop) -> None:
    keep(any_shop, on("1", datetime(2026, 1, 2, 12)), unpaid("2"))
    heaps = {heap.todo: heap.count for heap in look(any_shop, TODAY).heaps}
    assert heaps[Todo.TO_PREPARE] == 1
    assert heaps[Todo.AWAITING_PAYMENT] == 1


@pytest.mark.parametrize(
    "period",
    [
        *(periods.named(name, NOW, date(2026, 3, 1)) for name in Named),
        periods.own(date(2031, 5, 9), date(2031, 5, 1), NOW),
        periods.own(date.min, date.max, NOW),
        periods.named(Named.MONTH, datetime(2026, 3, 1, 0, 5)),
    ],
)
def test_a_shop_without_orders_has_an_overview_of_any_days(shop: Shop, period: Period) -> None:
    found = look(shop, period)
    assert found.is_empty
    assert found.now.figure(Measure.PAID) == 0
    assert found.now.figure(Ratio.AVERAGE_ORDER) is None
    assert not found.failing


def test_days_to_come_have_no_steps_that_have_begun(shop: Shop) -> None:
    keep(shop, on("1", NOW))
    found = look(shop, periods.own(date(2026, 4, 1), date(2026, 4, 30), NOW))
    assert found.is_empty
    assert all(step.now is None for step in found.curve(Measure.PAID))


def test_one_figure_of_an_answer_tells_of_itself_alone(shop: Shop) -> None:
    keep(shop, on("1", NOW))
    one = only(look(shop).now.totals, Measure.PAID)
    assert [column.name for column in one.columns] == ["paid"]
    assert one.definition.startswith("paid: ")
    assert "orders:" not in one.definition
    assert "EUR" in one.definition


@pytest.mark.parametrize(
    ("now", "then", "moved"),
    [("112", "100", "12"), ("50", "100", "-50"), ("0", "3", "-100"), ("5", "-10", "150"), ("5", "0", None)],
)
def test_a_change_is_in_percent_of_what_was(now: str, then: str, moved: str | None) -> None:
    assert change(Decimal(now), Decimal(then)) == (Decimal(moved) if moved else None)
    assert change(None, Decimal(3)) is None


@pytest.mark.parametrize(
    ("days", "grain"),
    [(1, Dimension.HOUR), (31, Dimension.DAY), (92, Dimension.DAY), (366, Dimension.WEEK), (1500, Dimension.MONTH)],
)
def test_the_curve_steps_as_its_period_is_long(days: int, grain: Dimension) -> None:
    first = date(2024, 2, 27)
    period = Period(first, first + timedelta(days=days - 1))
    made = steps(period, grain_of(period))
    assert grain_of(period) is grain
    assert made[0][1] <= period.first
    assert made[-1][2] >= period.last
    ahead = timedelta(days=0 if grain is Dimension.HOUR else 1)
    assert all(earlier[2] + ahead == later[1] for earlier, later in pairwise(made))


def test_no_filter_means_every_order(shop: Shop) -> None:
    keep(shop, on("1", NOW))
    assert overview(shop, MONTH, NOW).now.figure(Measure.ORDERS) == 1
    assert overview(shop, MONTH, NOW, Filter()).now.figure(Measure.ORDERS) == 1
