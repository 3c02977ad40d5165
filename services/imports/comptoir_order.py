"""One order of our own export: a record, flat or whole, as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from services.imports.adding_up import known_currency
from services.imports.amounts import NumberStyle, amount
from services.imports.fields import part, records, text
from services.imports.finding import Finding, Reject, warning
from services.imports.moments import moment
from services.imports.reading import Context
from services.language import _
from services.money import ZERO
from services.orders.draft import Address, Draft, DraftLine, DraftNote, DraftPayment, DraftShipment
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus

ADDRESS = tuple(Address.__dataclass_fields__)
TEXTS = (
    "payment_method_label", "payment_message", "transaction_id", "email", "name", "phone", "language",
    "customer_comment", "shipping_method",
)  # fmt: skip
SUMS = ("subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total")


def draft_of(
    record: dict[str, Any],
    context: Context,
    row: int,
    found: list[Finding],
    style: NumberStyle = NumberStyle.DOT,
    has_facts: bool = True,
) -> Draft:
    """The draft of a record at `row`; what is odd about it goes to `found`. Without `has_facts` the record tells only
    sums of payments. Raises `Reject`."""
    number = text(record, "number")
    if not number:
        raise Reject("number", "", _("The row names no order."))
    read = _Values(record, context, style)
    lines = tuple(_line(_Values(one, context, style)) for one in records(record, "lines"))
    places = {text(one, "id"): index for index, one in enumerate(records(record, "lines"))}
    currency = known_currency(text(record, "currency"), "currency")
    payment, goods = _statuses(record, row, number, found)
    placed = read.moment("placed_at")
    if placed is None:
        raise Reject("placed_at", "", _("The date is missing."))
    if has_facts:
        payments = tuple(_payment(_Values(one, context, style)) for one in records(record, "payments"))
    else:
        payments = _sums_as_payments(read, number)
    plain: dict[str, Any] = {name: text(record, name) for name in TEXTS}
    plain |= {name: read.money(name) for name in SUMS}
    return Draft(
        source=text(record, "source") or context.source,
        source_id=text(record, "source_id") or number,
        number=number,
        placed_at=placed,
        currency=currency,
        lines=lines,
        **plain,
        tax_included=_flag(record, "tax_included"),
        payment_status=payment,
        fulfilment_status=goods,
        payment_method=text(record, "payment_method") or "unknown",
        tags=_words(record, "tags"),
        coupons=_words(record, "coupons"),
        is_pickup=_flag(record, "is_pickup"),
        shipping_address=Address(**{name: text(part(record, "shipping_address"), name) for name in ADDRESS}),
        billing_address=Address(**{name: text(part(record, "billing_address"), name) for name in ADDRESS}),
        payments=payments,
        shipments=_shipments(record, places, lines, context, style),
        notes=tuple(_note(_Values(one, context, style)) for one in records(record, "notes")),
    )


class _Values:
    """The values of a record, parsed."""

    def __init__(self, record: dict[str, Any], context: Context, style: NumberStyle) -> None:
        self.record, self._context, self._style = record, context, style

    def text(self, name: str) -> str:
        return text(self.record, name)

    def money(self, name: str) -> Decimal:
        written = self.text(name)
        if not written and name != "total":
            return ZERO
        try:
            value = amount(written, self._style)
        except ValueError as error:
            raise Reject(name, written, _("“{value}” is no number.", value=written)) from error
        if value < 0 and name in ("total", "quantity"):
            raise Reject(name, written, _("“{value}” is negative.", value=written))
        return value

    def moment(self, name: str) -> Any:
        written = self.text(name)
        if not written:
            return None
        try:
            return moment(written, self._context.zone)
        except ValueError as error:
            raise Reject(name, written, _("“{value}” is no date that can be read.", value=written)) from error


def _statuses(
    record: dict[str, Any], row: int, number: str, found: list[Finding]
) -> tuple[PaymentStatus, FulfilmentStatus]:
    payment, goods = text(record, "payment_status"), text(record, "fulfilment_status")
    known = PaymentStatus.AWAITING_PAYMENT, FulfilmentStatus.AWAITING_PROCESSING
    if payment in list(PaymentStatus):
        known = PaymentStatus(payment), known[1]
    else:
        reason = _("Unknown payment status: {status} was taken.", status=known[0])
        found.append(warning(row, "payment_status", payment, reason, number))
    if goods in list(FulfilmentStatus):
        known = known[0], FulfilmentStatus(goods)
    else:
        reason = _("Unknown fulfilment status: {status} was taken.", status=known[1])
        found.append(warning(row, "fulfilment_status", goods, reason, number))
    return known


def _line(values: _Values) -> DraftLine:
    kind = values.text("kind")
    return DraftLine(
        name=values.text("name"),
        quantity=values.money("quantity"),
        unit_price=values.money("unit_price"),
        sku=values.text("sku"),
        options=tuple((text(one, "name"), text(one, "value")) for one in records(values.record, "options")),
        kind=Kind(kind) if kind in list(Kind) else Kind.PHYSICAL,
        total=values.money("total") if values.text("total") else None,
        **{name: values.money(name) for name in ("discount", "tax", "shipped", "returned", "refunded")},
    )


def _payment(values: _Values) -> DraftPayment:
    kind = values.text("kind")
    if kind not in list(PaymentKind):
        raise Reject("payments", kind, _("“{value}” is no kind of payment.", value=kind))
    return DraftPayment(
        PaymentKind(kind),
        values.money("amount"),
        values.moment("at"),
        reference=values.text("reference"),
        method=values.text("method"),
        failure_reason=values.text("failure_reason"),
        key=values.text("id"),
    )


def _sums_as_payments(values: _Values, number: str) -> tuple[DraftPayment, ...]:
    """One charge and one refund from the sums of a file that has no more; when they were made is not told."""
    sums = (
        (PaymentKind.CHARGE, values.money("paid")),
        (PaymentKind.REFUND, values.money("refunded")),
    )
    return tuple(
        DraftPayment(kind, value, values.moment("placed_at"), key=f"{number}:{kind}:1") for kind, value in sums if value
    )


def _shipments(
    record: dict[str, Any], places: dict[str, int], lines: Sequence[DraftLine], context: Context, style: NumberStyle
) -> tuple[DraftShipment, ...]:
    """The parcels. What came back is told per line, so the first parcels of a line are those that returned."""
    back = {index: line.returned for index, line in enumerate(lines)}
    parcels = []
    for one in records(record, "shipments"):
        values = _Values(one, context, style)
        inside = []
        for held in records(one, "lines"):
            index = places.get(text(held, "line_id"))
            if index is not None:
                quantity = _Values(held, context, style).money("quantity")
                returned = min(back[index], quantity)
                back[index] -= returned
                inside.append((index, quantity, returned))
        parcels.append(
            DraftShipment(
                tuple(inside), values.moment("at"), values.text("carrier"), values.text("tracking_number"),
                values.text("tracking_url"), key=values.text("id"),
            )
        )  # fmt: skip
    return tuple(parcels)


def _note(values: _Values) -> DraftNote:
    return DraftNote(values.text("text"), values.moment("at"), values.text("author"), values.text("id"))


def _words(record: dict[str, Any], name: str) -> tuple[str, ...]:
    value = record.get(name)
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return tuple(word for piece in text(record, name).split(", ") if (word := piece.strip()))


def _flag(record: dict[str, Any], name: str) -> bool:
    value = record.get(name)
    return value is True or str(value).strip().lower() in ("true", "vrai", "1", "yes")
