"""What changed between two states of an order, field by field, as the API writes values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from services.clock import rfc3339
from services.orders.draft import Address
from services.orders.order import OWN_FIELDS, Order, field_json, own_json, part_json, quantity
from services.orders.statuses import FulfilmentStatus, PaymentStatus

# Parts that an action adds or takes away whole, and the name of one of them in a change.
_PARTS = {"payments": "payment", "shipments": "shipment", "notes": "note"}
_LEFT_OUT = {"version"}
_QUANTITIES = ("shipped", "returned", "refunded")
_LABEL = ("carrier", "tracking_number", "tracking_url")


@dataclass(frozen=True, slots=True)
class Change:
    """A field (`fulfilment_status`, `shipping_address.city`, `lines.0.shipped`, `shipments.0.carrier`, or a part that
    came or went, `shipment`) before and after; None
    where there was or is nothing."""

    field: str
    before: Any
    after: Any


class Axis(StrEnum):
    """What an event is about, where events must be undone in turn."""

    MONEY = "money"
    GOODS = "goods"


def between(before: Order, after: Order) -> tuple[Change, ...]:
    """Every field that differs, in the order of the API's fields; then parts that came or went."""
    found = list(_of_fields(before, after))
    for index, (line, then) in enumerate(zip(before.lines, after.lines, strict=True)):
        for name in _QUANTITIES:
            was, now = getattr(line, name), getattr(then, name)
            if was != now:
                found.append(Change(f"lines.{index}.{name}", quantity(was), quantity(now)))
    for parts, one in _PARTS.items():
        had, has = ({part.id: part for part in getattr(side, parts)} for side in (before, after))
        found += [Change(one, part_json(part), None) for key, part in had.items() if key not in has]
        found += [Change(one, None, part_json(part)) for key, part in has.items() if key not in had]
    return (*found, *_of_parcels(before, after))


def _of_fields(before: Order, after: Order) -> Iterator[Change]:
    for name in OWN_FIELDS:
        if name in _LEFT_OUT or getattr(before, name) == getattr(after, name):
            continue  # nearly all of them, which need not be written first
        was, now = ({name: field_json(order, name)} for order in (before, after))
        was_flat, now_flat = _flat(was), _flat(now)
        for part, value in was_flat.items():
            if value != now_flat[part]:
                yield Change(part, value, now_flat[part])
    if before.is_muted != after.is_muted:
        yield Change("is_muted", before.is_muted, after.is_muted)


def _of_parcels(before: Order, after: Order) -> Iterator[Change]:
    """What changed about a parcel that was there: its label, and when it arrived."""
    had = {parcel.id: parcel for parcel in before.shipments}
    for index, parcel in enumerate(after.shipments):
        was = had.get(parcel.id, parcel)
        for name in _LABEL:
            if getattr(was, name) != getattr(parcel, name):
                yield Change(f"shipments.{index}.{name}", getattr(was, name), getattr(parcel, name))
        if was.delivered_at != parcel.delivered_at:
            times = (rfc3339(at) if at else None for at in (was.delivered_at, parcel.delivered_at))
            yield Change(f"shipments.{index}.delivered_at", *times)


def flat(order: Order) -> dict[str, Any]:
    """The order's own fields by the names that changes give them."""
    return _flat(own_json(order)) | {"is_muted": order.is_muted}


def axes(fields: Mapping[str, Any]) -> set[Axis]:
    """What changed fields are about: money, goods, both or neither."""
    found = set()
    for name in fields:
        if name in ("payment_status", "paid", "refunded", "due", "payment") or name.endswith(".refunded"):
            found.add(Axis.MONEY)
        if name in ("fulfilment_status", "shipment") or name.endswith((".shipped", ".returned", ".delivered_at")):
            found.add(Axis.GOODS)
    return found


def with_fields(order: Order, values: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes of the order for fields as a change writes them; sums and parts, which follow from facts, left out."""
    attributes: dict[str, Any] = {}
    for name, value in values.items():
        holder, _, part = name.partition(".")
        if holder in ("shipping_address", "billing_address"):
            address: Address = attributes.get(holder, getattr(order, holder))
            attributes[holder] = replace(address, **{part: value})
        elif name == "payment_status":
            attributes[name] = PaymentStatus(value)
        elif name == "fulfilment_status":
            attributes[name] = FulfilmentStatus(value)
        elif name == "tags":
            attributes[name] = tuple(value)
        elif name in ("email", "name", "phone", "language", "payment_message", "transaction_id", "is_muted"):
            attributes[name] = value
    return attributes


def _flat(written: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in written.items():
        if isinstance(value, dict):
            found |= {f"{name}.{part}": inside for part, inside in value.items()}
        elif name not in _LEFT_OUT:
            found[name] = value
    return found
