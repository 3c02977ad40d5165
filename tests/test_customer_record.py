"""One customer: all orders under one mark, sums by currency, what was bought, noted and mailed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from services import customer_record, customers
from services.customer_record import mark, record
from services.errors import NotFound
from services.orders import acting, finding
from services.orders.acting import Request
from services.orders.statuses import ActionName, PaymentStatus
from services.people import MERCHANT
from services.query import parse
from services.shop import Shop
from tests.orders.sample import draft, keep, numbers

D = Decimal
INES = mark("ines@example.com")


def test_all_orders_of_one_address_are_one_customer_whatever_its_case(any_shop: Shop) -> None:
    keep(
        any_shop,
        draft("1", placed_at=datetime(2026, 1, 5)),
        draft("2", placed_at=datetime(2026, 3, 5), email="INES@example.com", name="Inès K."),
        draft("3", placed_at=datetime(2026, 3, 9), payment_status=PaymentStatus.CANCELLED, payments=()),
        draft("4", email="jon@example.com", name="Jon Doe"),
    )
    one = record(any_shop, INES)
    assert numbers(one.orders) == ["3", "2", "1"]
    assert (one.count, one.cancelled_count, one.first_on, one.last_on) == (2, 1, date(2026, 1, 5), date(2026, 3, 5))
    assert (one.sums[0].placed, one.sums[0].net, one.sums[0].average) == (D("97.80"), D("97.80"), D("48.90"))
    assert sorted(numbers(finding.find(any_shop, finding.View(parse(one.query))).rows)) == ["1", "2", "3"]


def test_two_currencies_stand_side_by_side(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2", currency="JPY", total=D(500)), draft("3"))
    assert [(one.currency, one.placed) for one in record(shop, INES).sums] == [
        ("EUR", D("97.80")),
        ("JPY", D(500)),
    ]


def test_what_was_bought_is_counted_by_product_without_the_cancelled(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2"), draft("3", payment_status=PaymentStatus.CANCELLED, payments=()))
    bought = [(row["sku"], row["orders"], row["quantity"]) for row in record(shop, INES).products]
    assert sorted(bought) == [("CARN-5", 2, D(2)), ("TASSE-1", 2, D(4))]


def test_notes_and_mails_of_every_order_come_together(shop: Shop) -> None:
    first, second = keep(shop, draft("1"), draft("2"))
    acting.do(shop, Request(ActionName.ADD_NOTE, first, params={"text": "Likes blue"}), MERCHANT)
    acting.do(shop, Request(ActionName.MARK_SHIPPED, second), MERCHANT)
    one = record(shop, INES)
    assert [(row["text"], row["number"]) for row in one.notes] == [("Likes blue", "1")]
    assert [(row["template"], row["number"]) for row in one.mails] == [("order_shipped", "2")]


def test_more_orders_than_are_shown_are_counted_all(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customer_record, "MOST_ORDERS", 2)
    keep(shop, *(draft(str(number)) for number in range(5)))
    one = record(shop, INES)
    assert (len(one.orders), one.count) == (2, 5)


@pytest.mark.parametrize("asked", ["", "x", mark("nobody@example.com"), mark(""), "A" * 16, "' or 1=1 --"])
def test_a_mark_that_is_nobodys_is_said(shop: Shop, asked: str) -> None:
    keep(shop, draft("1"), draft("2", email="", name="", billing_address=type(draft().billing_address)()))
    with pytest.raises(NotFound, match="no such customer"):
        record(shop, asked)


def test_the_mark_shows_no_address_and_the_list_leads_to_it(shop: Shop) -> None:
    keep(shop, draft("1"))
    listed = customers.page(shop).customers[0]
    assert mark(listed.key) == INES
    assert "ines" not in INES and len(INES) == 16
