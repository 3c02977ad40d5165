"""An order on its way in, whatever its source: an import, the API, the demo shop. Plain values, fully parsed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from services.money import ZERO
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address. `country` is ISO 3166 alpha-2, or the text as it came when it is none."""

    name: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line. `total` = quantity × unit_price − discount (tax apart unless prices include it)."""

    name: str
    quantity: Decimal
    unit_price: Decimal
    sku: str = ""
    options: tuple[tuple[str, str], ...] = ()
    kind: Kind = Kind.PHYSICAL
    discount: Decimal = ZERO
    tax: Decimal = ZERO
    total: Decimal | None = None
    shipped: Decimal = ZERO
    returned: Decimal = ZERO
    refunded: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class DraftPayment:
    """A money movement; `at` None means the source does not say when. `key` is stable at the source."""

    kind: PaymentKind
    amount: Decimal
    at: datetime | None = None
    method: str = ""
    provider: str = ""
    reference: str = ""
    failure_reason: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class DraftShipment:
    """A parcel; `lines` are (index of the line, quantity, of which returned)."""

    lines: tuple[tuple[int, Decimal, Decimal], ...]
    at: datetime | None = None
    carrier: str = ""
    tracking_number: str = ""
    tracking_url: str = ""
    delivered_at: datetime | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class DraftNote:
    """A staff note."""

    text: str
    at: datetime
    author: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole order. Times are UTC, naive. Money identity: see `contracts`; the source's `total` wins."""

    source: str
    source_id: str
    number: str
    placed_at: datetime
    currency: str
    lines: tuple[DraftLine, ...]
    subtotal: Decimal
    total: Decimal
    discount: Decimal = ZERO
    shipping_fee: Decimal = ZERO
    handling_fee: Decimal = ZERO
    tax: Decimal = ZERO
    tax_included: bool = False
    payment_status: PaymentStatus = PaymentStatus.AWAITING_PAYMENT
    fulfilment_status: FulfilmentStatus = FulfilmentStatus.AWAITING_PROCESSING
    payment_method: str = "unknown"
    payment_method_label: str = ""
    payment_message: str = ""
    transaction_id: str = ""
    email: str = ""
    name: str = ""
    phone: str = ""
    language: str = ""
    customer_comment: str = ""
    tags: tuple[str, ...] = ()
    coupons: tuple[str, ...] = ()
    shipping_method: str = ""
    is_pickup: bool = False
    shipping_address: Address = Address()
    billing_address: Address = Address()
    payments: tuple[DraftPayment, ...] = ()
    shipments: tuple[DraftShipment, ...] = ()
    notes: tuple[DraftNote, ...] = ()
    source_status: tuple[tuple[str, str], ...] = ()
    source_updated_at: datetime | None = None
    is_muted: bool = False

    def content_hash(self) -> str:
        """Same hash = same order: of the parsed values, decimals normalised, lines, payments and tags sorted. Whose
        order it is (source and its id) and when the source last touched it are left out."""
        parts = [*map(str, _TEXTS(self)), *map(_plain, _SUMS(self)), str(self.placed_at)]
        parts += _WHERE(self.shipping_address)
        parts += _WHERE(self.billing_address)
        parts.append(repr((sorted(self.tags), sorted(self.coupons), self.source_status)))
        parts += sorted([_line(line) for line in self.lines])
        parts += sorted([_payment(payment) for payment in self.payments])
        parts += sorted([_shipment(shipment) for shipment in self.shipments])
        parts += sorted([repr(_canonical(_NOTE(note))) for note in self.notes])
        whole = _SEAM.join(parts)
        if whole.count(_SEAM) >= len(parts):  # a text that holds the seam itself
            whole = repr(parts)
        return hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_SEAM = "\x1f"
_TEXTS = attrgetter(
    "number", "currency", "tax_included", "payment_status", "fulfilment_status", "payment_method",
    "payment_method_label", "payment_message", "transaction_id", "email", "name", "phone", "language",
    "customer_comment", "shipping_method", "is_pickup", "is_muted",
)  # fmt: skip
_SUMS = attrgetter("subtotal", "total", "discount", "shipping_fee", "handling_fee", "tax")
_WHERE = attrgetter(*Address.__dataclass_fields__)
_NOTE = attrgetter(*DraftNote.__dataclass_fields__)


@lru_cache(maxsize=16_384)
def _plain(value: Decimal) -> str:
    """One text for 10.0 and 10.00 (they are equal, so the cache gives both the same)."""
    return f"{value.normalize():f}"


def _line(line: DraftLine) -> str:
    """A line as one text. Lines are many: this is spelt out for speed."""
    sums = (line.quantity, line.unit_price, line.discount, line.tax, line.shipped, line.returned, line.refunded)
    total = "" if line.total is None else _plain(line.total)
    return repr((line.name, line.sku, line.options, str(line.kind), total, *map(_plain, sums)))


def _payment(payment: DraftPayment) -> str:
    at = str(payment.at) if payment.at else ""
    told = (payment.method, payment.provider, payment.reference, payment.failure_reason, payment.key)
    return repr((str(payment.kind), _plain(payment.amount), at, *told))


def _shipment(shipment: DraftShipment) -> str:
    lines = [[str(index), _plain(quantity), _plain(returned)] for index, quantity, returned in shipment.lines]
    told = (shipment.carrier, shipment.tracking_number, shipment.tracking_url)
    return repr([lines, str(shipment.at), *told, str(shipment.delivered_at), shipment.key])


def _canonical(value: Any) -> Any:
    if type(value) is str:
        return value
    if type(value) is Decimal:
        return _plain(value)
    if type(value) is tuple:
        return [_canonical(part) for part in value]
    return str(value)  # words of enums, times, nothing
