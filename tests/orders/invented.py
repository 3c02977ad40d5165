"""Orders in memory, for rules that ask no store."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from services.orders.draft import Address
from services.orders.order import Order
from services.orders.statuses import FulfilmentStatus, Kind, PaymentStatus
from tests.orders.sample import NOW

_ZERO = ("subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total", "paid", "refunded", "due")
_EMPTY = ("lines", "payments", "shipments", "notes", "events", "messages", "tags", "coupons")
_BLANK = (
    "payment_message", "transaction_id", "phone", "customer_comment", "shipping_method", "payment_method_label",
)  # fmt: skip


def order_of(**changes: Any) -> Order:
    """A paid order of Inès with nothing in it, but for what a test says."""
    told: dict[str, Any] = {
        **{name: Decimal(0) for name in _ZERO},
        **dict.fromkeys(_EMPTY, ()),
        **dict.fromkeys(_BLANK, ""),
        "id": "order-1",
        "number": "1",
        "source": "test",
        "source_id": "1",
        "placed_at": NOW,
        "placed_on": NOW.date(),
        "placed_month": "2026-03",
        "updated_at": NOW,
        "version": 1,
        "payment_status": PaymentStatus.PAID,
        "fulfilment_status": FulfilmentStatus.AWAITING_PROCESSING,
        "source_status": {},
        "payment_method": "paypal",
        "email": "ines@example.com",
        "name": "Inès Kaba",
        "language": "fr",
        "customer_key": "ines@example.com",
        "is_pickup": False,
        "shipping_address": Address(),
        "billing_address": Address(),
        "country": "FR",
        "currency": "EUR",
        "tax_included": True,
        "kinds": (Kind.PHYSICAL,),
        "import_run_id": None,
        "is_muted": False,
    }
    return Order(**told | changes)
