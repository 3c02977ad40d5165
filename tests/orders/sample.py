"""Orders for tests: Inès Kaba buys two blue mugs and a notebook unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from data import intake
from services.orders.draft import Address, Draft, DraftLine, DraftPayment
from services.orders.rows import OrderRows
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentKind, PaymentStatus
from services.shop import Shop

NOW = datetime(2026, 3, 14, 9, 26, 53)
LYON = Address(
    name="Inès Kaba", line1="12 rue des Lilas", city="Lyon", postal_code="69003", country="FR", phone="06 12 34 56 78"
)
MUGS = DraftLine("Tasse bleue", Decimal(2), Decimal("15.00"), sku="TASSE-1", options=(("Taille", "M"),))
NOTEBOOK = DraftLine("Carnet A5", Decimal(1), Decimal("14.00"), sku="CARN-5")


def draft(number: str = "2041", **changes: Any) -> Draft:
    """Order `number` of Inès: 48.90 €, paid with PayPal, to be prepared."""
    told: dict[str, Any] = {
        "source": "test",
        "source_id": number,
        "number": number,
        "placed_at": NOW,
        "currency": "EUR",
        "lines": (MUGS, NOTEBOOK),
        "subtotal": Decimal("44.00"),
        "shipping_fee": Decimal("4.90"),
        "total": Decimal("48.90"),
        "tax": Decimal("8.15"),
        "tax_included": True,
        "payment_status": PaymentStatus.PAID,
        "fulfilment_status": FulfilmentStatus.AWAITING_PROCESSING,
        "payment_method": "paypal",
        "payment_method_label": "PayPal",
        "email": "ines@example.com",
        "name": "Inès Kaba",
        "language": "fr",
        "shipping_address": LYON,
        "billing_address": LYON,
        "shipping_method": "Colissimo",
        "payments": (DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), NOW, reference="8XK-77"),),
    }
    return Draft(**told | changes)


def unpaid(number: str, **changes: Any) -> Draft:
    """The same order before any money came."""
    return draft(number, **{"payment_status": PaymentStatus.AWAITING_PAYMENT, "payments": ()} | changes)


def keep(shop: Shop, *drafts: Draft) -> list[str]:
    """Put orders into the shop's store; their ids."""
    rows = OrderRows()
    ids = [rows.add(one, now=NOW, actor="merchant", event=EventKind.PLACED) for one in drafts]
    with shop.store.write() as write:
        intake.add(write, rows.rows, shop.settings.time_zone)
    return ids


def numbers(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The numbers of rows of a list, in their order."""
    return [row["number"] for row in rows]
