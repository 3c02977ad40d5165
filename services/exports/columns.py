"""The columns of our files, in their order, and how each kind of value is written as text.

One row per order (`rows=orders`) has `ORDER_COLUMNS`. One row per line (`rows=lines`) has these again on each line,
then `LINE_COLUMNS`, then `FACT_COLUMNS`. An order without lines keeps one row whose line columns are empty.

As text (CSV):

- a moment is RFC 3339 in UTC, `2026-03-14T09:26:53Z`; a day `2026-03-14`; a month `2026-03`; nothing is empty;
- money has a dot and the decimals of the order's currency, more only where the amount has more;
- a quantity is whole (`2`) or has the decimals it needs (`0.5`); yes and no are `true` and `false`;
- tags and coupons are joined by `, `;
- `line_options` is JSON, `[{"name":…,"value":…}]`, and empty when there are none;
- `payments`, `shipments` and `notes` are JSON arrays in the shape of the API, on the order's first line only;
- a text that a spreadsheet would take for a formula gets one `'` before it: see `GUARDED`. Only in CSV, and only in
  text columns; a reader of our CSV takes one `'` away where `GUARDED` matches and the text begins with `'`, which
  gives back exactly what was there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from data.incoming import ADDRESS


class Kind(StrEnum):
    """What a column holds."""

    WORD = "word"  # text of our own (ids, statuses): never a formula
    TEXT = "text"
    LIST = "list"
    MONEY = "money"
    QUANTITY = "quantity"
    WHOLE = "whole"
    FLAG = "flag"
    MOMENT = "moment"
    DAY = "day"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its name there, and what it holds."""

    name: str
    kind: Kind


def _columns(kind: Kind, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name in names)


ORDER_COLUMNS: tuple[Column, ...] = (
    *_columns(Kind.WORD, "id"),
    *_columns(Kind.TEXT, "number", "source", "source_id"),
    *_columns(Kind.MOMENT, "placed_at"),
    *_columns(Kind.DAY, "placed_on"),
    *_columns(Kind.WORD, "placed_month"),
    *_columns(Kind.WHOLE, "version"),
    *_columns(Kind.WORD, "payment_status", "fulfilment_status"),
    *_columns(
        Kind.TEXT, "payment_method", "payment_method_label", "payment_message", "transaction_id", "email", "name",
        "phone", "language", "customer_comment",
    ),
    *_columns(Kind.LIST, "tags", "coupons"),
    *_columns(Kind.TEXT, "shipping_method"),
    *_columns(Kind.FLAG, "is_pickup"),
    *_columns(Kind.TEXT, *(f"{kind}_{part}" for kind in ("shipping", "billing") for part in ADDRESS)),
    *_columns(Kind.TEXT, "currency"),
    *_columns(Kind.MONEY, "subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total"),
    *_columns(Kind.FLAG, "tax_included"),
    *_columns(Kind.MONEY, "paid", "refunded", "due"),
    *_columns(Kind.WHOLE, "line_count"),
    *_columns(Kind.QUANTITY, "item_count"),
)  # fmt: skip

LINE_COLUMNS: tuple[Column, ...] = (
    *_columns(Kind.WORD, "line_id"),
    *_columns(Kind.WHOLE, "line_position"),
    *_columns(Kind.TEXT, "line_sku", "line_name"),
    *_columns(Kind.JSON, "line_options"),
    *_columns(Kind.WORD, "line_kind"),
    *_columns(Kind.QUANTITY, "line_quantity"),
    *_columns(Kind.MONEY, "line_unit_price", "line_discount", "line_tax", "line_total"),
    *_columns(Kind.QUANTITY, "line_shipped", "line_returned", "line_refunded"),
)

# what happened to the order, as the API writes it, so that a file holds all that an import needs
FACT_COLUMNS: tuple[Column, ...] = _columns(Kind.JSON, "payments", "shipments", "notes")

GUARDED = re.compile(r"'*(?:[\t\r\n]|[ \t\r\n]*[=+\-@＝＋－＠])")
"""What a spreadsheet might take for a formula, by the beginning of the text (`GUARDED.match`)."""


def guarded(text: str) -> str:
    """A text as a CSV of ours holds it."""
    return f"'{text}" if GUARDED.match(text) else text


def unguarded(cell: str) -> str:
    """The text that a CSV of ours holds: the inverse of `guarded`."""
    return cell[1:] if cell.startswith("'") and GUARDED.match(cell) else cell
