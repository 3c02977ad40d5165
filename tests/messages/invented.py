"""Invented orders for mails: records as `services/orders/order.py` has them, without a store."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from data.ids import new_id
from services.messages.kinds import Template
from services.orders.draft import Address
from services.orders.order import Line, Order, Shipment, ShipmentLine
from services.orders.statuses import FulfilmentStatus, Kind, PaymentStatus
from services.profile import Profile
from services.settings import Settings
from tests.conftest import NOW

PROFILE = Profile("Chez Élise", "elise@example.com", "no-reply@example.com", "fr", "EUR", "Europe/Paris", 300)
HOME = Address("Inès Kaba", "", "12 rue des Lilas", "", "Lyon", "", "69003", "FR", "")


def line(name: str, quantity: str = "1", price: str = "10", **changes: Any) -> Line:
    made = Line(
        id=new_id(),
        position=1,
        sku="",
        name=name,
        options=(),
        kind=Kind.PHYSICAL,
        quantity=Decimal(quantity),
        unit_price=Decimal(price),
        discount=Decimal(0),
        tax=Decimal(0),
        total=Decimal(quantity) * Decimal(price),
        shipped=Decimal(0),
        returned=Decimal(0),
        refunded=Decimal(0),
    )
    return replace(made, **changes)


def order(**changes: Any) -> Order:
    """Order #1001 of Inès, who speaks French: two mugs and a notebook, to be paid by transfer."""
    made = Order(
        id=new_id(),
        number="1001",
        source="api",
        source_id="1001",
        placed_at=NOW,
        placed_on=NOW.date(),
        placed_month="2026-03",
        updated_at=NOW,
        version=1,
        payment_status=PaymentStatus.AWAITING_PAYMENT,
        fulfilment_status=FulfilmentStatus.AWAITING_PROCESSING,
        source_status={},
        payment_method="bank_transfer",
        payment_method_label="Virement bancaire",
        payment_message="",
        transaction_id="",
        email="ines@example.com",
        name="Inès Kaba",
        phone="",
        language="fr",
        customer_key="ines@example.com",
        customer_comment="",
        tags=(),
        coupons=(),
        shipping_method="Colissimo",
        is_pickup=False,
        shipping_address=HOME,
        billing_address=HOME,
        country="FR",
        currency="EUR",
        subtotal=Decimal("44"),
        discount=Decimal("4"),
        shipping_fee=Decimal("4.9"),
        handling_fee=Decimal("1"),
        tax=Decimal("7.65"),
        total=Decimal("45.9"),
        tax_included=True,
        paid=Decimal(0),
        refunded=Decimal(0),
        due=Decimal("45.9"),
        kinds=(Kind.PHYSICAL,),
        import_run_id=None,
        is_muted=False,
        lines=(
            line("Tasse bleue", "2", "15", options=(("Couleur", "bleue"),), sku="TASSE-1"),
            line("Carnet A5", "1", "14"),
        ),
        payments=(),
        shipments=(),
        notes=(),
        events=(),
        messages=(),
    )
    return replace(made, **changes)


def parcel(of: Order, **changes: Any) -> Shipment:
    """A parcel that holds all of the order."""
    made = Shipment(
        id=new_id(),
        at=NOW,
        carrier="Colissimo",
        tracking_number="6A12345678901",
        tracking_url="https://track.example.com/?code=6A12345678901",
        delivered_at=None,
        event_id=None,
        lines=tuple(ShipmentLine(part.id, part.quantity, Decimal(0)) for part in of.lines),
    )
    return replace(made, **changes)


def mail(
    settings: Settings, of: Order | None = None, template: Template = Template.ORDER_CONFIRMATION, **changes: Any
) -> dict[str, Any]:
    """A drafted message, as a row of the outbox."""
    from services.messages.drafting import draft

    row = draft(template, of or order(), PROFILE, settings, NOW)
    assert row is not None
    return row | changes
