"""One order, read whole from the store."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from data import bulk, orders
from data.incoming import ADDRESS
from data.store import Reader, Row
from services.errors import Conflict, NotFound
from services.language import _, moment
from services.orders.draft import Address
from services.orders.order import Event, Line, Message, Note, Order, Payment, Shipment, ShipmentLine
from services.orders.statuses import EventKind, FulfilmentStatus, Kind, PaymentKind, PaymentStatus
from services.shop import Shop

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def order(shop: Shop, id_or_number: str) -> Order:
    """One order by id or number (with or without `#`).

    Raises `NotFound`, or `Conflict` with the ids in `fields` (id -> where it comes from) when several bear the number.
    """
    with shop.store.read() as read:
        return find(read, id_or_number, shop.settings.time_zone)


def find(read: Reader, id_or_number: str, zone: str) -> Order:
    """The same through an open door; `zone` is for the times in the sentence."""
    with suppress(NotFound):
        return load(read, id_or_number.strip().lower())
    return load(read, _bearer(read, id_or_number.strip(), zone))


def _bearer(read: Reader, asked: str, zone: str) -> str:
    """The id of the order that bears a number."""
    bearers = orders.by_number(read, asked)
    if not bearers:
        raise NotFound(_("There is no order {number}.", number=asked))
    if len(bearers) > 1:
        where = {row["id"]: f"{row['source']}, {moment(row['placed_at'], zone)}" for row in bearers}
        raise Conflict(
            _(
                "Several orders bear the number {number}: {orders}. Ask for one of them by its id.",
                number=asked,
                orders="; ".join(f"{order_id} ({place})" for order_id, place in where.items()),
            ),
            where,
        )
    found: str = bearers[0]["id"]
    return found


def load(read: Reader, order_id: str, *, ever: bool = False) -> Order:
    """One order by id, as this door sees it; a `Writer` sees its own changes. With `ever`, it holds payments, parcels
    and notes that were undone too. Raises `NotFound`."""
    found = orders.whole(read, order_id, ever=ever) if _ID.fullmatch(order_id) else None
    if found is None:
        raise NotFound(_("There is no order {number}.", number=order_id))
    return made(*found)


def several(read: Reader, order_ids: Sequence[str]) -> dict[str, Order]:
    """Orders by id, as this door sees them, with a few questions for all; those that are there, in the order asked."""
    whole = bulk.whole(read, order_ids)
    return {order_id: made(*whole[order_id]) for order_id in order_ids if order_id in whole}


def raws(shop: Shop, order_id: str) -> list[Row]:
    """What came from outside for an order, as it came, newest first: happened_at, import_run_id, raw."""
    with shop.store.read() as read:
        return orders.raws(read, order_id)


_OWN = tuple(name for name in orders.COLUMNS if name in Order.__dataclass_fields__)


def made(row: Row, children: orders.Children, **instead: Any) -> Order:
    """An order from its own row and the rows that belong to it; `instead` gives parts that were read otherwise."""
    own = {name: row[name] for name in _OWN}
    parcels: dict[str, list[ShipmentLine]] = {}
    for line in children["shipment_lines"]:
        inside = ShipmentLine(line["line_id"], line["quantity"], line["returned"])
        parcels.setdefault(line["shipment_id"], []).append(inside)
    return Order(
        **own
        | {
            "payment_status": PaymentStatus(row["payment_status"]),
            "fulfilment_status": FulfilmentStatus(row["fulfilment_status"]),
            "source_status": json.loads(row["source_status_json"] or "{}"),
            "tags": tuple(row["tags"]),
            "coupons": tuple(row["coupons"]),
            "kinds": tuple(Kind(kind) for kind in row["kinds"]),
            "shipping_address": _address(row, "shipping"),
            "billing_address": _address(row, "billing"),
            "import_run_id": row["import_run_id"],
            "lines": tuple(_line(line) for line in children["order_lines"]),
            "payments": tuple(_payment(payment) for payment in children["payments"]),
            "shipments": tuple(_shipment(parcel, parcels.get(parcel["id"], [])) for parcel in children["shipments"]),
            "notes": tuple(_note(note) for note in children["order_notes"]),
            "events": tuple(_event(event) for event in children["order_events"]),
            "messages": tuple(_message(message) for message in children["messages"]),
        }
        | instead
    )


def _address(row: Row, kind: str) -> Address:
    return Address(**{part: row[f"{kind}_{part}"] for part in ADDRESS})


def _line(row: Row) -> Line:
    options = tuple((option["name"], option["value"]) for option in json.loads(row["options_json"] or "[]"))
    rest = {name: value for name, value in row.items() if name not in ("options_json", "kind")}
    return Line(**rest, options=options, kind=Kind(row["kind"]))


def _payment(row: Row) -> Payment:
    rest = {name: value for name, value in row.items() if name not in ("happened_at", "kind")}
    return Payment(**rest, at=row["happened_at"], kind=PaymentKind(row["kind"]))


def _shipment(row: Row, lines: list[ShipmentLine]) -> Shipment:
    rest = {name: value for name, value in row.items() if name != "happened_at"}
    return Shipment(**rest, at=row["happened_at"], lines=tuple(lines))


def _note(row: Row) -> Note:
    rest = {name: value for name, value in row.items() if name != "happened_at"}
    return Note(**rest, at=row["happened_at"])


def _event(row: Row) -> Event:
    return Event(
        id=row["id"],
        at=row["happened_at"],
        kind=EventKind(row["kind"]),
        actor=row["actor"],
        before=json.loads(row["before_json"] or "{}"),
        after=json.loads(row["after_json"] or "{}"),
        made=json.loads(row["made_json"] or "{}"),
        reason=row["reason"],
        cause=row["cause"],
        undoes=row["undoes"],
    )


def _message(row: Row) -> Message:
    rest = {name: value for name, value in row.items() if name not in ("happened_at", "recipient")}
    return Message(**rest, at=row["happened_at"], to=row["recipient"])
