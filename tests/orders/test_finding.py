"""Orders are found, listed and counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from data import intake
from data.filters import Field, Filter, Sort
from services.errors import Invalid
from services.orders.finding import View, facets, find
from services.query import parse
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep, numbers, unpaid


def found(shop: Shop, query: str) -> list[str]:
    return numbers(find(shop, View(parse(query))).rows)


def _three(shop: Shop) -> Shop:
    keep(
        shop,
        draft("1001", placed_at=datetime(2026, 2, 28, 23, 30)),  # the first of March in Paris
        unpaid("1002", placed_at=datetime(2026, 3, 10, 8), payment_method="card", payment_method_label="Carte"),
        draft("1003", placed_at=datetime(2026, 4, 1, 8), tags=("Été",), currency="USD"),
    )
    return shop


@pytest.fixture
def three(shop: Shop) -> Shop:
    return _three(shop)


@pytest.fixture
def any_three(any_shop: Shop) -> Shop:
    return _three(any_shop)


QUERIES = [
    ("", ["1003", "1002", "1001"]),
    ("payment_method:PayPal", ["1003", "1001"]),
    ("payment_method:carte", ["1002"]),
    ("month:2026-03", ["1002", "1001"]),
    ("placed:2026-03", ["1002", "1001"]),
    ("placed:2026-03-02..2026-03-31", ["1002"]),
    ("placed:>2026-03", ["1003"]),
    ("payment:paid -month:2026-03", ["1003"]),
    ("status:awaiting_payment", ["1002"]),
    ("fulfilment:awaiting_processing,processing", ["1003", "1002", "1001"]),
    ("due:any", ["1002"]),
    ("total:48.90", ["1003", "1002", "1001"]),
    ("total:>48.9", []),
    ("tag:ete", ["1003"]),
    ("tag:none", ["1002", "1001"]),
    ("number:1002", ["1002"]),
    ("number:>1001", ["1003", "1002"]),
    ("sku:tasse-1", ["1003", "1002", "1001"]),
    ("sku:tasse", []),
    ("ines lyon", ["1003", "1002", "1001"]),
    ("#1002", ["1002"]),
    ("city:lilas", []),
    ("shipping_method:coliss", ["1003", "1002", "1001"]),
]


def test_queries_find(any_three: Shop) -> None:
    assert [(query, found(any_three, query)) for query, _ in QUERIES] == QUERIES


def test_a_list_is_counted_and_summed_by_currency(any_three: Shop) -> None:
    answer = find(any_three, View())
    assert answer.total == 3
    assert answer.sums == {"EUR": Decimal("97.80"), "USD": Decimal("48.90")}


@pytest.mark.parametrize("sort", list(Sort))
def test_going_on_by_cursor_gives_every_order_once(shop: Shop, sort: Sort) -> None:
    keep(shop, *(draft(str(n), placed_at=NOW - timedelta(days=n // 2), total=Decimal(n % 3)) for n in range(7)))
    whole = numbers(find(shop, View(sort=sort)).rows)
    walked: list[str] = []
    cursor = None
    while True:
        answer = find(shop, View(sort=sort, size=2, cursor=cursor))
        walked += numbers(answer.rows)
        cursor = answer.next
        if cursor is None:
            break
    assert walked == whole
    assert sorted(walked) == [str(n) for n in range(7)]
    pages = [numbers(find(shop, View(sort=sort, size=2, page=page)).rows) for page in (1, 2, 3, 4)]
    assert [number for page in pages for number in page] == whole


def test_a_page_past_the_end_is_said_so(shop: Shop) -> None:
    with pytest.raises(Invalid, match="There is no page 2; the last one is 1"):
        find(shop, View(page=2))


@pytest.mark.parametrize("cursor", ["x", "e30", "WyItcGxhY2VkX2F0IiwgIngiLCAieSJd", "é"])
def test_a_cursor_that_is_none_is_said_so(shop: Shop, cursor: str) -> None:
    with pytest.raises(Invalid, match="cursor"):
        find(shop, View(cursor=cursor))


def test_counts_beside_choices_leave_their_own_choice_out(any_three: Shop) -> None:
    beside = facets(any_three, parse("payment_method:card month:2026-03"), [Field.PAYMENT_METHOD, Field.MONTH])
    assert [(c.value, c.label, c.count) for c in beside[Field.PAYMENT_METHOD]] == [
        ("card", "Carte", 1),
        ("paypal", "PayPal", 1),
    ]
    assert [(c.value, c.count) for c in beside[Field.MONTH]] == [("2026-03", 1)]
    assert {c.value: c.count for c in facets(any_three, Filter(), [Field.TAG])[Field.TAG]} == {"Été": 1}


def test_the_newest_are_the_newest_whatever_came_and_went_since_they_were_asked_for(three: Shop) -> None:
    first_page = View(Filter(), size=1)
    assert numbers(find(three, first_page).rows) == ["1003"]
    keep(three, draft("1004", placed_at=datetime(2026, 4, 2, 8)), draft("1005", placed_at=datetime(2026, 4, 3, 8)))
    assert numbers(find(three, first_page).rows) == ["1005"]
    assert find(three, first_page).total == 5
    with three.store.write() as write:
        gone = [row["id"] for row in write.rows("select id from orders where placed_at > '2026-03-15'")]
        intake.remove(write, gone)
    assert numbers(find(three, first_page).rows) == ["1002"]
    assert find(three, first_page).total == 2
