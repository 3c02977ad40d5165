"""The shapes of what the API answers, for its description. The answers themselves come from `services/orders`; a test
holds the two together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.orders.statuses import EventKind, FulfilmentStatus, Kind, PaymentKind, PaymentStatus

Money = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", examples=["12.90"])]
Quantity = int | float


class Shape(BaseModel):
    """What an answer holds, and nothing else."""

    model_config = ConfigDict(extra="forbid")


class Address(Shape):
    """A postal address; `country` is ISO 3166 alpha-2, or the text as it came when it is none."""

    name: str
    company: str
    line1: str
    line2: str
    city: str
    region: str
    postal_code: str
    country: str
    phone: str


class OrderHead(Shape):
    """What an order and its summary share."""

    id: UUID
    number: str
    source: str
    source_id: str
    placed_at: datetime
    placed_on: date = Field(description="The day in the shop's time zone.")
    placed_month: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$")
    version: int
    payment_status: PaymentStatus
    fulfilment_status: FulfilmentStatus
    payment_method: str
    payment_method_label: str
    payment_message: str = Field(description="Why a payment failed.")
    transaction_id: str
    email: str
    name: str
    phone: str
    language: str
    customer_comment: str
    tags: list[str]
    coupons: list[str]
    shipping_method: str
    shipping_address: Address
    billing_address: Address
    currency: str
    subtotal: Money = Field(description="Before discounts.")
    discount: Money
    shipping_fee: Money
    handling_fee: Money
    tax: Money
    total: Money
    tax_included: bool
    paid: Money
    refunded: Money
    due: Money


class OrderSummary(OrderHead):
    """An order of a list."""

    line_count: int
    item_count: Quantity


class Option(Shape):
    """A choice on a line, such as a size."""

    name: str
    value: str


class Line(Shape):
    """A line; `shipped`, `returned` and `refunded` are quantities."""

    id: UUID
    sku: str
    name: str
    options: list[Option]
    kind: Kind
    quantity: Quantity
    unit_price: Money
    discount: Money
    tax: Money
    total: Money
    shipped: Quantity
    returned: Quantity
    refunded: Quantity


class Payment(Shape):
    """A money movement; the kind gives the direction."""

    id: UUID
    at: datetime | None
    kind: PaymentKind
    amount: Money
    method: str
    reference: str
    failure_reason: str


class ShipmentLine(Shape):
    """How much of a line a parcel holds."""

    line_id: UUID
    quantity: Quantity


class Shipment(Shape):
    """A parcel."""

    id: UUID
    at: datetime | None
    carrier: str
    tracking_number: str
    tracking_url: str
    lines: list[ShipmentLine]


class Note(Shape):
    """A staff note."""

    id: UUID
    at: datetime
    author: str
    text: str


class Event(Shape):
    """A thing that happened; `before` and `after` hold the fields that changed."""

    id: UUID
    at: datetime
    kind: EventKind
    actor: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    cause: str


class Message(Shape):
    """A message about the order."""

    id: UUID
    at: datetime
    channel: str
    template: str
    to: str
    subject: str
    state: str
    send_after: datetime
    attempts: int
    error: str


class WholeOrder(OrderHead):
    """An order with all that it holds."""

    lines: list[Line]
    payments: list[Payment]
    shipments: list[Shipment]
    notes: list[Note]
    events: list[Event]
    messages: list[Message]


class OrderList(Shape):
    """A page of a list."""

    orders: list[OrderSummary]
    total: int = Field(description="How many match, on all pages.")
    next: str | None = Field(description="The cursor of the next page; null at the end.")


class Change(Shape):
    """A field before and after; null where there was or is nothing."""

    field: str
    before: Any
    after: Any


class Letter(Message):
    """A message with its bodies."""

    text: str
    html: str


class ActionAnswer(Shape):
    """What an action did, or would do."""

    order: WholeOrder
    changes: list[Change]
    messages: list[Letter]
    refused: str | None = Field(description="Why it cannot be done; only in a preview.")
    event: UUID | None = Field(description="What `undo` takes; null for a preview.")
    warnings: list[str] | None = Field(None, description="What is worth a second look.")


class AnswerColumn(Shape):
    """A column of an analytic answer."""

    name: str
    type: str
    unit: str


class AnalyticAnswer(Shape):
    """Figures that explain themselves."""

    name: str
    definition: str
    filter: str
    time_zone: str
    currency: str
    columns: list[AnswerColumn]
    rows: list[dict[str, str | int | None]]
    sql: str
