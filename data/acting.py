"""Changing one order: its row, its parts, its words. Few statements, each bound to the one order."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from data import cards, stale, terms
from data.store import Row, Writer

_LISTS = ("tags", "coupons")

# column of an order that an action can change -> field of its words, as `data/terms.py` names them
_FIELDS = {
    "email": "email",
    "payment_message": "payment_message",
    **{f"{whose}name": "name" for whose in ("", "shipping_", "billing_")},
    **{
        f"{whose}_{column}": field
        for whose in ("shipping", "billing")
        for column, field in (
            ("company", "company"), ("line1", "address"), ("line2", "address"), ("region", "address"),
            ("city", "city"), ("postal_code", "postal_code"),
        )
    },
}  # fmt: skip
_CODES = ("sku", "tag", "coupon")
_PHONES = {"phone": "country", "shipping_phone": "shipping_country", "billing_phone": "billing_country"}

SEARCHED = frozenset({*_FIELDS, *_PHONES, *_PHONES.values(), "tags"})
"""Columns of an order that `texts` reads."""

Texts = Collection[tuple[str, str]]


def texts(columns: Mapping[str, Any]) -> set[tuple[str, str]]:
    """(field, text) of an order's own searchable texts, as far as an action can change them."""
    found = {(field, columns[name]) for name, field in _FIELDS.items()}
    found |= {(f"phone:{columns[country]}", columns[name]) for name, country in _PHONES.items()}
    found |= {("tag", tag) for tag in columns["tags"]}
    return {(field, text) for field, text in found if text}


def change_order(write: Writer, order_id: str, values: Mapping[str, object]) -> None:
    """Set columns of an order; the names are ours, never a user's."""
    settings = ", ".join(f"{name} = ?::varchar[]" if name in _LISTS else f"{name} = ?" for name in values)
    write.execute(f"update orders set {settings} where id = ?::uuid", [*values.values(), order_id])
    cards.change(write, order_id, values)


def add(write: Writer, table: str, rows: Sequence[Row]) -> None:
    """Append rows of an order's parts or events."""
    write.insert(table, rows)
    if rows and table in stale.PARTS:
        stale.mark_one(write, str(rows[0]["order_id"]))


def void(write: Writer, order_id: str, table: str, ids: Sequence[str], at: datetime) -> None:
    """Mark payments, parcels or notes of an order as undone; their rows stay."""
    if ids:
        write.execute(
            f"update {table} set voided_at = ? where order_id = ?::uuid and id in (select unnest(?)::uuid)",
            [at, order_id, list(ids)],
        )
        if table in stale.PARTS:
            stale.mark_one(write, order_id)


def move_quantities(write: Writer, order_id: str, moves: Sequence[tuple[str, Decimal, Decimal, Decimal]]) -> None:
    """Add to the quantities of an order's lines: (line id, shipped, returned, refunded), below zero to take back."""
    if moves:
        ids, shipped, returned, refunded = (list(column) for column in zip(*moves, strict=True))
        write.execute(
            """
            update order_lines set
                shipped = order_lines.shipped + moved.shipped,
                returned = order_lines.returned + moved.returned,
                refunded = order_lines.refunded + moved.refunded
            from (select unnest($ids)::uuid as id, unnest($shipped)::decimal(18, 3) as shipped,
                unnest($returned)::decimal(18, 3) as returned, unnest($refunded)::decimal(18, 3) as refunded) moved
            where order_lines.order_id = $order_id::uuid and order_lines.id = moved.id
            """,
            {"order_id": order_id, "ids": ids, "shipped": shipped, "returned": returned, "refunded": refunded},
        )
        if any(returned) or any(refunded):  # what came back is counted by line, and may change nothing of the order
            stale.mark_one(write, order_id)


def return_from_parcels(write: Writer, order_id: str, moves: Sequence[tuple[str, str, Decimal]]) -> None:
    """Add to what came back of parcels: (shipment id, line id, quantity), below zero to take back."""
    if moves:
        parcels, lines, quantities = (list(column) for column in zip(*moves, strict=True))
        write.execute(
            """
            update shipment_lines set returned = shipment_lines.returned + moved.quantity
            from (select unnest($parcels)::uuid as shipment_id, unnest($lines)::uuid as line_id,
                unnest($quantities)::decimal(18, 3) as quantity) moved
            where shipment_lines.order_id = $order_id::uuid
                and shipment_lines.shipment_id = moved.shipment_id and shipment_lines.line_id = moved.line_id
            """,
            {"order_id": order_id, "parcels": parcels, "lines": lines, "quantities": quantities},
        )


def deliver(write: Writer, order_id: str, shipment_ids: Sequence[str], at: datetime | None) -> None:
    """Say when parcels of an order arrived; None takes it back."""
    if shipment_ids:
        write.execute(
            "update shipments set delivered_at = ? where order_id = ?::uuid and id in (select unnest(?)::uuid)",
            [at, order_id, list(shipment_ids)],
        )
        stale.mark_one(write, order_id)


def relabel(write: Writer, order_id: str, shipment_id: str, label: Mapping[str, str]) -> None:
    """Give a parcel of an order another carrier, tracking number and tracking page."""
    write.execute(
        "update shipments set carrier = ?, tracking_number = ?, tracking_url = ? "
        "where order_id = ?::uuid and id = ?::uuid",
        [label["carrier"], label["tracking_number"], label["tracking_url"], order_id, shipment_id],
    )


def change_words(write: Writer, order_id: str, before: Texts, after: Texts) -> None:
    """Find the order by the words of its texts (field, text) as they are after a change, no more by those before."""
    touched = {field_of(field) for field, _ in set(before) ^ set(after)}
    if not touched:
        return
    had, has = _words(write, *([text for text in side if field_of(text[0]) in touched] for side in (before, after)))
    for field in sorted({field for field, _ in had - has}):
        write.execute(
            "delete from search_terms where order_id = ?::uuid and field = ? and term in (select unnest(?))",
            [order_id, field, sorted(term for other, term in had - has if other == field)],
        )
    fresh = sorted(has - had, key=lambda word: word[1])
    write.insert("search_terms", [{"term": term, "field": field, "order_id": order_id} for field, term in fresh])


def field_of(field: str) -> str:
    """The field of words of a text: a phone's names its country too."""
    return field.partition(":")[0]


def _words(write: Writer, before: Texts, after: Texts) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(field, term) of the texts of two sides."""
    told = [(0, *text) for text in before] + [(1, *text) for text in after]
    plain = [row for row in told if row[2].isascii() and field_of(row[1]) != "phone"]
    found = {(side, field, term) for side, field, text in plain for term in plain_words(field, text)}
    rest = [row for row in told if row not in plain]
    if rest:
        sides, fields, texts = (list(column) for column in zip(*rest, strict=True))
        rows = write.rows(
            terms.words("select unnest($sides) as order_id, unnest($fields) as field, unnest($texts) as text"),
            {"sides": sides, "fields": fields, "texts": texts},
        )
        found |= {(row["order_id"], row["field"], row["term"]) for row in rows}
    had, has = ({(field, term) for side, field, term in found if side == wanted} for wanted in (0, 1))
    return had, has


def plain_words(field: str, text: str) -> set[str]:
    """The words of an ASCII text that is no phone number, as `terms.words` finds them: its planning costs more than
    all else that an action does. A test holds the two together."""
    folded = text.replace("\x00", " ").lower()
    found = {f"{terms.WHOLE}{folded.strip(' ')}"} if field in _CODES else set()
    for chunk in re.split(r"[\t-\r\x1c-\x20]+", folded):
        found.add(chunk)
        pieces = re.findall(r"[a-z0-9]+[^a-z0-9]*", chunk) if re.search(r"[^a-z0-9]", chunk) else []
        found |= {"".join(pieces[n : n + terms.LONGEST]) for n in range(min(len(pieces), terms.PIECES))}
    return {word[: terms.LONGEST] for word in found if word}
