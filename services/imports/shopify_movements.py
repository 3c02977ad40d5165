"""Money and parcels of Shopify's order JSON, from its transactions, refunds and fulfilments where it has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from services.imports.fields import Record, at, money, records, text
from services.imports.finding import Finding, warning
from services.imports.shopify_facts import Goods, Money, payment
from services.imports.status_words import SHOPIFY_FULFILMENT, folded
from services.language import _
from services.money import ZERO
from services.orders.draft import DraftLine, DraftPayment, DraftShipment
from services.orders.payment_methods import key_of, provider_of
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus


@dataclass(frozen=True, slots=True)
class Movements:
    """Where the money is; `reference` is the transaction's id at the provider."""

    status: PaymentStatus
    message: str
    rows: tuple[DraftPayment, ...]
    reference: str


_MOVES = {
    "sale": PaymentKind.CHARGE,
    "capture": PaymentKind.CHARGE,
    "refund": PaymentKind.REFUND,
    "authorization": PaymentKind.AUTHORISATION,
}


def payment_of(
    order: Record, total: Decimal, method: str, label: str, row: int, number: str, zone: str, found: list[Finding]
) -> Movements:
    """Status and movements. With the transactions they decide; without, the word and what is outstanding do."""
    made = [
        one for refund in records(order, "refunds") for one in records(refund, "transactions")
    ]  # fmt: skip
    transactions = records(order, "transactions")
    refunds = [_movement(one, method, zone) for one in made if _is_refund(one)]
    refunded = sum((one.amount for one in refunds), ZERO)
    said = order.get("total_outstanding")
    outstanding = money(order, "total_outstanding") if said not in (None, "") else None
    word = text(order, "financial_status")
    sums = Money(
        total, method, label, "", text(order, "id"), at(order, "cancelled_at", zone), at(order, "processed_at", zone),
        refunded, outstanding,
    )  # fmt: skip
    paid = payment(word, sums, row, number, found)
    failed = next((one for one in transactions if text(one, "status") in ("failure", "error")), None)
    message = paid.message or ((text(failed, "message") or text(failed, "error_code")) if failed else "")
    if transactions:
        rows = [_movement(one, method, zone) for one in transactions if _counts(one)]
        charged = next((one for one in rows if one.kind is PaymentKind.CHARGE), None)
        _compare(paid.status, rows, total, row, number, found)
        return Movements(paid.status, message, tuple(rows), charged.reference if charged else "")
    if paid.status is PaymentStatus.PAID and outstanding:
        reason = _("The order is called paid, yet {amount} is outstanding.", amount=outstanding)
        found.append(warning(row, "total_outstanding", str(outstanding), reason, number))
    if paid.status is PaymentStatus.REFUNDED and refunded < total:
        reason = _("The order is called refunded, yet only {amount} was given back.", amount=refunded)
        found.append(warning(row, "refunds", str(refunded), reason, number))
    charges = [one for one in paid.rows if one.kind is not PaymentKind.REFUND]
    return Movements(paid.status, message, (*charges, *refunds), text(order, "reference") if charges else "")


def _is_refund(one: Record) -> bool:
    return text(one, "kind") == "refund" and text(one, "status") in ("success", "")


def _counts(one: Record) -> bool:
    return text(one, "kind") in _MOVES and text(one, "status") == "success"


def _movement(one: Record, method: str, zone: str) -> DraftPayment:
    gateway = text(one, "gateway")
    return DraftPayment(
        _MOVES[text(one, "kind")],
        money(one, "amount"),
        at(one, "processed_at", zone) or at(one, "created_at", zone),
        key_of("", gateway, money(one, "amount")) if gateway else method,
        provider_of("", gateway),
        text(one, "authorization") or text(one, "payment_id"),
        key=f"transaction:{text(one, 'id')}",
    )


def _compare(
    status: PaymentStatus, rows: Sequence[DraftPayment], total: Decimal, row: int, number: str, found: list[Finding]
) -> None:
    charged = sum((one.amount for one in rows if one.kind.is_received), ZERO)
    back = sum((one.amount for one in rows if one.kind is PaymentKind.REFUND), ZERO)
    if back > charged or (status is PaymentStatus.PAID and charged < total):
        reason = _("The transactions do not fit the status {status}.", status=status)
        found.append(warning(row, "transactions", str(charged), reason, number))


def fulfilment_of(
    order: Record,
    items: Sequence[dict[str, Any]],
    lines: list[DraftLine],
    row: int,
    number: str,
    zone: str,
    found: list[Finding],
) -> Goods:
    """Status and parcels. Only a fulfilment with the status `success` has left, whatever number it bears."""
    places = {text(item, "id"): index for index, item in enumerate(items)}
    left = {index: line.quantity for index, line in enumerate(lines)}
    back = {index: line.returned for index, line in enumerate(lines)}
    parcels = []
    for one in records(order, "fulfillments"):
        if text(one, "status") == "success" and (parcel := _parcel(one, places, left, back, zone)):
            parcels.append(parcel)
    word = text(order, "fulfillment_status")
    status = SHOPIFY_FULFILMENT.get(folded(word))
    if status is None:
        status = FulfilmentStatus.PROCESSING
        reason = _("Unknown fulfilment status: {status} was taken.", status=status)
        found.append(warning(row, "fulfillment_status", word, reason, number))
    if status is FulfilmentStatus.SHIPPED and not parcels:
        reason = _("Called fulfilled, but no fulfilment is told: one parcel without a number was noted.")
        found.append(warning(row, "fulfillments", "", reason, number))
        goods = [index for index, line in enumerate(lines) if line.kind is Kind.PHYSICAL]
        if goods:
            whole = tuple((index, left[index], min(back[index], left[index])) for index in goods)
            parcels.append(DraftShipment(whole, None, key=f"{text(order, 'id')}:parcel:1"))
    lines = _with_shipped(lines, parcels)
    status = _from_parcels(status, parcels, lines, order)
    if at(order, "cancelled_at", zone) and not parcels:
        status = FulfilmentStatus.WILL_NOT_DELIVER
    return Goods(status, lines, tuple(parcels))


def _parcel(
    one: Record, places: dict[str, int], left: dict[int, Decimal], back: dict[int, Decimal], zone: str
) -> DraftShipment | None:
    inside = []
    for item in records(one, "line_items"):
        index = places.get(text(item, "id"))
        if index is None or not (quantity := min(money(item, "quantity"), left[index])):
            continue
        returned = min(back[index], quantity)
        left[index] -= quantity
        back[index] -= returned
        inside.append((index, quantity, returned))
    numbers = [number for number in one.get("tracking_numbers") or [] if isinstance(number, str)]
    urls = [url for url in one.get("tracking_urls") or [] if isinstance(url, str)]
    if not inside and not numbers:
        return None
    is_delivered = text(one, "shipment_status") == "delivered"
    return DraftShipment(
        tuple(inside),
        at(one, "created_at", zone),
        text(one, "tracking_company"),
        ", ".join(numbers) or text(one, "tracking_number"),
        urls[0] if urls else text(one, "tracking_url"),
        at(one, "updated_at", zone) if is_delivered else None,
        f"fulfillment:{text(one, 'id')}",
    )


def _with_shipped(lines: list[DraftLine], parcels: Sequence[DraftShipment]) -> list[DraftLine]:
    shipped: dict[int, Decimal] = {}
    returned: dict[int, Decimal] = {}
    for parcel in parcels:
        for index, quantity, back in parcel.lines:
            shipped[index] = shipped.get(index, ZERO) + quantity
            returned[index] = returned.get(index, ZERO) + back
    return [
        replace(line, shipped=shipped.get(index, ZERO), returned=returned.get(index, ZERO))
        for index, line in enumerate(lines)
    ]


def _from_parcels(
    status: FulfilmentStatus, parcels: Sequence[DraftShipment], lines: Sequence[DraftLine], order: Record
) -> FulfilmentStatus:
    """What the parcels themselves say, where it is more than the order's word."""
    if status is not FulfilmentStatus.SHIPPED:
        return status
    said = {text(one, "shipment_status") for one in records(order, "fulfillments") if text(one, "status") == "success"}
    for word, refined in (
        ("delivered", FulfilmentStatus.DELIVERED),
        ("out_for_delivery", FulfilmentStatus.OUT_FOR_DELIVERY),
        ("ready_for_pickup", FulfilmentStatus.READY_FOR_PICKUP),
    ):
        if said == {word}:
            return refined
    return status
