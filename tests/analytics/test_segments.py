"""Segments of customers: whoever bought belongs to exactly one, and its orders are those of the order list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dimensions import Dimension
from data.measures import Measure
from data.segments import RULES, Segment, months_before, of
from services import query
from services.analytics import Asked, Ratio, answer, ask, segments
from services.orders.draft import Address, Draft
from services.orders.finding import View, find
from services.orders.statuses import PaymentStatus
from services.shop import Shop
from tests.analytics.generated import drafts
from tests.orders.sample import draft, keep

D = Decimal
PEOPLE = ("", "ada@example.com", "bea@example.com", "ines@example.com")


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last day of August 2026, six months before which is the last of February."""
    monkeypatch.setattr("services.clock.now", lambda: datetime(2026, 8, 31, 12))


def bought(shop: Shop, who: str, *months: str) -> None:
    keep(
        shop,
        *(
            draft(f"{who}{n}", email=f"{who}@example.com", name=who, placed_at=datetime.fromisoformat(at), total=D(10))
            for n, at in enumerate(months)
        ),
    )


@pytest.mark.usefixtures("today")
def test_each_customer_stands_in_the_segment_of_the_rule(any_shop: Shop) -> None:
    bought(any_shop, "ada", "2024-01-01", "2025-01-01", "2026-01-01", "2026-02-28")
    bought(any_shop, "bea", "2026-06-01", "2026-08-30")
    bought(any_shop, "cleo", "2026-05-30")
    bought(any_shop, "dora", "2026-05-31")
    bought(any_shop, "eve", "2025-01-01", "2026-02-27")
    bought(any_shop, "fay", "2025-08-31")
    bought(any_shop, "gil", "2025-08-30")
    keep(any_shop, draft("nobody", email="", name="", billing_address=type(draft().billing_address)(), total=D(1)))
    keep(any_shop, draft("never", email="never@example.com", payment_status=PaymentStatus.CANCELLED, payments=()))
    told = answer(any_shop, "rfm")
    assert {row["segment"]: (row["customers"], row["orders"], row["placed"]) for row in told.rows} == {
        "champions": (1, 4, D(40)),
        "loyal": (1, 2, D(20)),
        "promising": (1, 1, D(10)),
        "new": (1, 1, D(10)),
        "at_risk": (1, 2, D(20)),
        "asleep": (1, 1, D(10)),
        "lost": (1, 1, D(10)),
        "": (0, 1, D(1)),
    }
    for row in told.rows:
        listed = find(any_shop, View(query.parse(told.behind(row) or "")))
        assert (listed.total, listed.sums["EUR"]) == (row["orders"], row["placed"]), row


@given(
    orders=st.integers(1, 50),
    last_on=st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    today=st.dates(date(2024, 2, 29), date(2027, 1, 1)),
)
def test_of_every_customer_exactly_one_rule_holds(orders: int, last_on: date, today: date) -> None:
    holding = [
        segment
        for segment, rule in RULES.items()
        if rule.least <= orders <= (rule.most or orders)
        and (rule.within is None or last_on >= months_before(today, rule.within))
        and (not rule.beyond or last_on < months_before(today, rule.beyond))
    ]
    assert holding == [of(orders, last_on, today)]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-08-31", 6, "2026-02-28"),
        ("2024-08-31", 6, "2024-02-29"),
        ("2026-01-15", 12, "2025-01-15"),
        ("2026-03-31", 3, "2025-12-31"),
    ],
)
def test_months_are_counted_back_as_sql_does(shop: Shop, day: str, months: int, before: str) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)
    with shop.store.read() as read:
        assert read.value(
            f"select cast($day::date - interval {months} month as date)", {"day": day}
        ) == date.fromisoformat(before)


@pytest.mark.parametrize("segment", list(Segment))
def test_every_segment_has_a_name_a_rule_and_advice(segment: Segment) -> None:
    assert segments.name(segment) and "the latest" in segments.rule(segment) and segments.advice(segment)


def test_the_rule_is_said_in_words() -> None:
    assert segments.rule(Segment.CHAMPIONS) == "4 orders or more, the latest within 6 months"
    assert segments.rule(Segment.ASLEEP) == "1 order, the latest 6 to 12 months ago"


def test_the_query_language_asks_of_all_orders_of_a_customer(any_shop: Shop) -> None:
    bought(any_shop, "ada", "2026-01-05", "2026-03-01")
    bought(any_shop, "bea", "2026-03-02")

    def numbers(text: str) -> list[str]:
        return sorted(row["number"] for row in find(any_shop, View(query.parse(text))).rows)

    assert numbers("first_order:2026-01") == ["ada0", "ada1"]
    assert numbers("first_order:2026-01 month:2026-03") == ["ada1"]
    assert numbers("last_order:>2026-03-01") == ["bea0"]
    assert numbers("customer_orders:>=2") == ["ada0", "ada1"]
    assert numbers("-customer_orders:2..5") == ["bea0"]
    assert numbers("customer_orders:none") == []


def test_products_are_told_apart_by_whether_their_buyers_come_back(any_shop: Shop) -> None:
    cup, book = draft().lines
    keep(
        any_shop,
        draft("1", lines=(cup,), email="ada@example.com", placed_at=datetime(2026, 1, 5)),
        draft("2", lines=(cup, book), email="ada@example.com", placed_at=datetime(2026, 3, 5)),
        draft("3", lines=(book,), email="bea@example.com"),
        draft("4", lines=(book,), email="cleo@example.com"),
        draft("5", lines=(book,), email="cleo@example.com", payment_status=PaymentStatus.CANCELLED, payments=()),
    )
    figures = (Measure.CUSTOMERS, Measure.RETURNING_CUSTOMERS, Ratio.RETURNING_SHARE)
    told = ask(any_shop, Asked(figures, (Dimension.PRODUCT,)))
    assert {
        row["sku"]: (row["customers"], row["returning_customers"], row["returning_share"])
        for row in told.rows
        if row["sku"]
    } == {
        "TASSE-1": (1, 1, D(100)),
        "CARN-5": (3, 1, D("33.3")),
    }
    book_row = next(row for row in told.rows if row["sku"] == "CARN-5")
    behind = query.parse(told.behind(book_row, Measure.RETURNING_CUSTOMERS) or "")
    assert [row["number"] for row in find(any_shop, View(behind)).rows] == ["2"]
    whole = ask(any_shop, Asked((*figures, Ratio.AVERAGE_CUSTOMER)))
    assert (whole.rows[0]["returning_customers"], whole.rows[0]["average_customer"]) == (1, D("65.20"))


def test_sums_over_cohorts_and_segments_are_those_of_the_overview(shop: Shop) -> None:
    @settings(max_examples=8, deadline=None)
    @given(made=drafts(), who=st.lists(st.sampled_from(PEOPLE), min_size=8, max_size=8))
    def holds(made: tuple[Draft, ...], who: list[str]) -> None:
        with shop.store.write() as write:
            for table in ("orders", "order_lines", "payments", "order_events", "search_terms", "order_cards"):
                write.execute(f"delete from {table}")
        nameless = {"name": "", "billing_address": Address()}
        keep(
            shop,
            *(replace(one, email=mail, **({} if mail else nameless)) for one, mail in zip(made, who, strict=False)),
        )
        for currency in ("EUR", "USD", "JPY"):
            whole = answer(shop, "overview", currency=currency).rows
            for name in ("cohorts", "rfm", "new_and_returning"):
                rows = answer(shop, name, currency=currency).rows
                for figure in ("orders", "placed", "paid", "refunded", "net"):
                    assert sum(row[figure] for row in rows) == (whole[0][figure] if whole else 0), (name, figure)
            people = sum(row["customers"] for row in answer(shop, "rfm", currency=currency).rows)
            assert people == (whole[0]["customers"] if whole else 0)

    holds()
