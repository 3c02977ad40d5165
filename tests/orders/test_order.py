"""An order has the shape that the API promises."""

from __future__ import annotations

from decimal import Decimal

from data.orders import COLUMNS
from services.orders import reading
from services.orders.order import as_json, quantity, summary_json
from services.shop import Shop
from tests.orders.sample import draft, keep

SHAPE = """id number source source_id placed_at placed_on placed_month version
payment_status fulfilment_status payment_method payment_method_label payment_message transaction_id
email name phone language customer_comment tags coupons shipping_method
shipping_address billing_address currency subtotal discount shipping_fee handling_fee tax total tax_included
paid refunded due lines payments shipments notes events messages"""
PARTS = ("lines", "payments", "shipments", "notes", "events", "messages")


def words(text: str) -> list[str]:
    return text.split()


def test_an_order_is_written_in_the_shape_of_the_api(shop: Shop) -> None:
    (order_id,) = keep(shop, draft("2041"))
    written = as_json(reading.order(shop, order_id))
    assert list(written) == words(SHAPE)
    assert written["placed_at"] == "2026-03-14T09:26:53Z"
    assert (written["total"], written["due"], written["tax_included"]) == ("48.90", "0.00", True)
    assert list(written["shipping_address"]) == words("name company line1 line2 city region postal_code country phone")
    assert written["lines"][0] == {
        "id": written["lines"][0]["id"],
        "sku": "TASSE-1",
        "name": "Tasse bleue",
        "options": [{"name": "Taille", "value": "M"}],
        "kind": "physical",
        "quantity": 2,
        "unit_price": "15.00",
        "discount": "0.00",
        "tax": "0.00",
        "total": "30.00",
        "shipped": 0,
        "returned": 0,
        "refunded": 0,
    }
    assert list(written["payments"][0]) == words("id at kind amount method reference failure_reason")
    assert list(written["events"][0]) == words("id at kind actor before after reason cause")


def test_yen_have_no_decimals(shop: Shop) -> None:
    (order_id,) = keep(shop, draft("1", currency="JPY", total=Decimal(4890)))
    assert as_json(reading.order(shop, order_id))["total"] == "4890"


def test_a_list_gives_counts_instead_of_parts(shop: Shop) -> None:
    keep(shop, draft("2041"))
    with shop.store.read() as read:
        (row,) = read.rows(f"select {', '.join(COLUMNS)} from orders")
    written = summary_json(row)
    assert list(written) == [*(name for name in words(SHAPE) if name not in PARTS), "line_count", "item_count"]
    assert (written["line_count"], written["item_count"]) == (2, 3)


def test_half_a_metre_stays_half() -> None:
    assert [quantity(Decimal(text)) for text in ("2.000", "0.500")] == [2, 0.5]
