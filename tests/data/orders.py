"""Orders for the store's tests: small, whole, and told apart by a number."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from data.incoming import Batch
from services.orders.draft import Address, Draft, DraftLine, DraftPayment, DraftShipment
from services.orders.rows import OrderRows
from services.orders.statuses import EventKind, PaymentKind, PaymentStatus

FIRST = datetime(2026, 3, 1, 8, 0, 0)
ZONE = "Europe/Paris"


def draft(nth: int, **changes: Any) -> Draft:
    """A paid order of two lines, 30.00 in all."""
    lines = (
        DraftLine(name="Blue mug", quantity=Decimal(2), unit_price=Decimal("10"), sku="MUG-1"),
        DraftLine(name="Tea towel", quantity=Decimal(1), unit_price=Decimal("10"), sku="TEA-1"),
    )
    at = FIRST + timedelta(minutes=nth)
    values: dict[str, Any] = {
        "source": "table:test",
        "source_id": str(nth),
        "number": f"#{1000 + nth}",
        "placed_at": at,
        "currency": "EUR",
        "lines": lines,
        "subtotal": Decimal(30),
        "total": Decimal(30),
        "payment_status": PaymentStatus.PAID,
        "payment_method": "paypal",
        "email": f"ines{nth}@example.com",
        "name": "Inès Morel",
        "shipping_address": Address(name="Inès Morel", line1="12 rue des Lilas", city="Lyon", country="FR"),
        "payments": (DraftPayment(PaymentKind.CHARGE, Decimal(30), at=at, key=f"{nth}:charge:1"),),
        "shipments": (
            DraftShipment(lines=((0, Decimal(1), Decimal(0)),), at=at, tracking_number="6A1", key=f"{nth}:s"),
        ),
    }
    return Draft(**{**values, **changes})


def rows(*drafts: Draft, event: EventKind = EventKind.IMPORTED, run_id: str | None = None) -> Batch:
    """Drafts as rows of the store."""
    made = OrderRows()
    for one in drafts:
        made.add(one, now=FIRST, actor="system", event=event, raw="{}", import_run_id=run_id)
    return made.rows
