"""What a body may hold, for the description.

Nothing is checked by these models: a body goes to the services as it came, and is checked there name by name
(`services/orders/body.py`), the same for every caller. A test holds the two together.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema

from services.jobs import MOST_ITEMS
from services.messages.kinds import Template
from services.orders.statuses import ActionName, FulfilmentStatus, Kind, PaymentStatus
from services.paper.kinds import Paper

Amount = Annotated[str, Field(pattern=r"^[0-9]{1,9}(\.[0-9]{1,2})?$", examples=["12.90"])]
Quantity = Annotated[float, Field(gt=0, le=100_000, multiple_of=0.001)]
Words = Annotated[str, Field(max_length=200)]


class Given(BaseModel):
    """What a body holds, and nothing else."""

    model_config = ConfigDict(extra="forbid")


class GivenAddress(Given):
    """A postal address."""

    name: Words = ""
    company: Words = ""
    line1: Words = ""
    line2: Words = ""
    city: Words = ""
    region: Words = ""
    postal_code: Words = ""
    country: str = Field("", pattern="^([A-Z]{2})?$", description="ISO 3166 alpha-2.")
    phone: Words = ""


class GivenOption(Given):
    """A choice on a line, such as a size."""

    name: Words
    value: Words


class GivenLine(Given):
    """A line; its total is quantity × unit_price − discount."""

    name: Annotated[str, Field(min_length=1, max_length=500)]
    quantity: Quantity
    unit_price: Amount
    sku: Words = ""
    options: list[GivenOption] | None = Field(None, max_length=100)
    kind: Kind = Kind.PHYSICAL
    discount: Amount | None = None
    tax: Amount | None = None
    total: Amount | None = None


class GivenOrder(Given):
    """An order to take. Sums are computed when absent, and must agree when given."""

    currency: str = Field(pattern="^[A-Z]{3}$", description="ISO 4217.")
    lines: list[GivenLine] = Field(min_length=1, max_length=1000)
    number: str | None = Field(None, max_length=60, description="Given by the shop's counter when absent.")
    source: Words | None = None
    source_id: Words | None = Field(None, description="An order of this source and id is taken once.")
    placed_at: datetime | None = None
    payment_status: PaymentStatus | None = Field(None, description="awaiting_payment, authorised or paid.")
    fulfilment_status: FulfilmentStatus | None = None
    payment_method: Words | None = None
    payment_method_label: Words | None = None
    payment_message: str | None = Field(None, max_length=1000, description="Why a payment failed.")
    transaction_id: Words | None = None
    email: str | None = Field(None, max_length=254)
    name: Words | None = None
    phone: Words | None = None
    language: str | None = Field(None, max_length=35)
    customer_comment: str | None = Field(None, max_length=10_000)
    tags: list[str] | None = None
    coupons: list[str] | None = None
    shipping_method: Words | None = None
    shipping_address: GivenAddress | None = None
    billing_address: GivenAddress | None = None
    subtotal: Amount | None = None
    discount: Amount | None = None
    shipping_fee: Amount | None = None
    handling_fee: Amount | None = None
    tax: Amount | None = None
    total: Amount | None = None
    tax_included: bool = False
    silent: bool = Field(False, description="Nobody is told.")


class GivenPick(Given):
    """A line and how much of it; all that is left when no quantity is given."""

    line_id: UUID
    quantity: Quantity | None = None


class GivenAction(Given):
    """What an action may be told. Each takes the first four, and the fields that are its own."""

    version: int | None = Field(None, ge=0, lt=2**31, description="The version you saw; 409 when it is no longer that.")
    preview: bool = Field(False, description="Only say what would change.")
    tell_customer: bool = Field(True, description="false for edit_tracking unless it is said")
    reason: str | None = Field(None, max_length=10_000)
    carrier: Words | None = Field(None, description="mark_shipped, edit_tracking; recognised by the number when absent")
    tracking_number: Words | None = Field(None, description="mark_shipped, edit_tracking")
    tracking_url: str | None = Field(None, max_length=2_000, description="mark_shipped, edit_tracking")
    lines: list[GivenPick] | None = Field(None, min_length=1, description="mark_shipped, mark_returned, refund")
    amount: Amount | None = Field(
        None, description="mark_paid, record_payment, record_failure, capture, refund, redeem_gift_card"
    )
    reference: Words | None = Field(
        None, description="mark_paid, record_payment, record_failure, capture, void_authorisation, refund, cancel"
    )
    method: Words | None = Field(None, description="record_payment, record_failure: the order's own when absent")
    at: datetime | None = Field(None, description="record_payment, record_failure: now when absent")
    failure_reason: str | None = Field(
        None, max_length=1000, description="record_failure: the provider's code or words, kept as they come"
    )
    shipping: bool | Amount | None = Field(
        None, description="refund: whether, or how much of, shipping and handling goes back with the lines"
    )
    refund: bool | None = Field(None, description="cancel: give all that the shop holds back at once")
    until: date | None = Field(None, description="remind_unpaid: the day after which the order is cancelled")
    code: Words | None = Field(None, description="redeem_gift_card")
    restock: bool | None = Field(None, description="refund, cancel, mark_returned")
    text: str | None = Field(None, max_length=10_000, description="add_note, contact_customer")
    tags: list[str] | None = Field(None, description="tag, untag")
    email: str | None = Field(None, max_length=254, description="edit_contact")
    name: Words | None = Field(None, description="edit_contact")
    phone: Words | None = Field(None, description="edit_contact")
    language: str | None = Field(None, max_length=35, description="edit_contact")
    shipping_address: GivenAddress | None = Field(None, description="edit_contact")
    billing_address: GivenAddress | None = Field(None, description="edit_contact")
    payment_status: PaymentStatus | None = Field(None, description="correct")
    fulfilment_status: FulfilmentStatus | None = Field(None, description="correct")
    template: Template | None = Field(None, description="resend")
    shipment: UUID | None = Field(None, description="edit_tracking, mark_delivered, mark_returned, resend")
    event: UUID | None = Field(None, description="undo")


class GivenPapers(Given):
    """Which papers to print, for which orders."""

    paper: Paper
    orders: list[Words] = Field(
        min_length=1, max_length=500, description="Ids or numbers of orders, in the order of the pages."
    )
    skip: int = Field(0, ge=0, lt=8, description="labels: places of the first sheet that were used already.")


class GivenRedemption(Given):
    """What a gift card pays for."""

    order: Annotated[str, Field(min_length=1, max_length=200, description="The order's id or number.")]
    amount: Amount | None = Field(None, description="As much as there is to pay and on the card when absent.")
    version: int | None = Field(None, ge=0, lt=2**31, description="The version you saw; 409 when it is no longer that.")
    tell_customer: bool = True


class GivenChoice(Given):
    """An order of a bulk action: the version that was seen, and parameters of its own."""

    id: UUID
    version: int | None = Field(None, ge=0, lt=2**31)
    params: dict[str, Any] | None = Field(None, description="As the action takes them, such as tracking_number.")


class GivenBulk(Given):
    """One action on many orders. Either `orders` or `q` says which."""

    action: ActionName = Field(description="Any action but undo.")
    orders: list[UUID | GivenChoice] | None = Field(None, min_length=1, max_length=MOST_ITEMS)
    q: str | None = Field(None, max_length=4000, description="All orders that match now, in one snapshot.")
    expect: int | None = Field(None, ge=0, lt=2**31, description="409 when it is about another number of orders.")
    params: dict[str, Any] | None = Field(None, description="The same for every order.")
    tell_customer: bool = True
    reason: str | None = Field(None, max_length=10_000)


def described(model: type[BaseModel], *, required: bool) -> dict[str, Any]:
    """`requestBody` of a route in the description; the model itself is added by `schemas()`."""
    schema = {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}
    return {"requestBody": {"required": required, "content": {"application/json": schema}}}


def schemas() -> dict[str, Any]:
    """Every model of a body, by name."""
    _named, found = models_json_schema(
        [
            (GivenOrder, "validation"),
            (GivenAction, "validation"),
            (GivenPapers, "validation"),
            (GivenRedemption, "validation"),
            (GivenBulk, "validation"),
        ],
        ref_template="#/components/schemas/{model}",
    )
    return dict(found["$defs"])
