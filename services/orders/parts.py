"""What an order holds: lines, money movements, parcels, notes, events and messages, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from services.orders.statuses import EventKind, Kind, PaymentKind


@dataclass(frozen=True, slots=True)
class Line:
    """A line; `shipped`, `returned` and `refunded` are quantities out of `quantity`."""

    id: str
    position: int
    sku: str
    name: str
    options: tuple[tuple[str, str], ...]
    kind: Kind
    quantity: Decimal
    unit_price: Decimal
    discount: Decimal
    tax: Decimal
    total: Decimal
    shipped: Decimal
    returned: Decimal
    refunded: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """A money movement; `amount` is positive, the kind gives the direction. `at` None: the source does not say."""

    id: str
    at: datetime | None
    kind: PaymentKind
    amount: Decimal
    currency: str
    method: str
    provider: str
    reference: str
    failure_reason: str
    event_id: str | None


@dataclass(frozen=True, slots=True)
class ShipmentLine:
    """How much of an order line a parcel holds, and how much of that came back."""

    line_id: str
    quantity: Decimal
    returned: Decimal


@dataclass(frozen=True, slots=True)
class Shipment:
    """A parcel."""

    id: str
    at: datetime | None
    carrier: str
    tracking_number: str
    tracking_url: str
    delivered_at: datetime | None
    event_id: str | None
    lines: tuple[ShipmentLine, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A staff note."""

    id: str
    at: datetime
    author: str
    text: str
    event_id: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """A thing that happened. `before` and `after` hold the fields that changed, `made` the ids of rows it made,
    by table."""

    id: str
    at: datetime
    kind: EventKind
    actor: str
    before: dict[str, Any]
    after: dict[str, Any]
    made: dict[str, Any]
    reason: str
    cause: str
    undoes: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """A message about the order, without its bodies. The ids of what it is about stand in `dedupe_key`."""

    id: str
    at: datetime
    channel: str
    template: str
    language: str
    to: str
    subject: str
    state: str
    send_after: datetime
    attempts: int
    error: str
    event_id: str | None
    dedupe_key: str = ""
