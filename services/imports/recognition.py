"""Which format a file has: by what is in it, never by its name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from services.errors import Invalid
from services.imports import documents
from services.imports.opening import Content, Opened, open_file
from services.imports.records import Layout, layout
from services.imports.shopify_columns import RECOGNISED_BY, TRANSACTIONS_BY, key
from services.language import _


class Format(StrEnum):
    """Whose format it is; the words of `import --format`."""

    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"
    ECWID = "ecwid"
    COMPTOIR = "comptoir"
    TABLE = "table"


class Shape(StrEnum):
    """How its records are written."""

    DELIMITED = "delimited"
    JSON = "json"
    LINES = "lines"
    XLSX = "xlsx"
    PARQUET = "parquet"


@dataclass(frozen=True)
class Recognised:
    """What a file is. `layout` is for delimited text; `keys` are the arrays of a JSON object that hold records."""

    file: Opened
    format: Format
    shape: Shape
    layout: Layout | None = None
    keys: tuple[str, ...] = ()
    notice: str = ""

    @property
    def encoding(self) -> str:
        """How the text is encoded, empty for what is no text."""
        return self.file.encoding


# headers that only our own export has together
_OWN = frozenset({"number", "payment_status", "fulfilment_status", "placed_at", "currency", "total"})


# what stands around other answers of Shopify
_NO_ORDERS = frozenset(
    {
        "transactions", "transaction", "refunds", "refund", "fulfillments", "fulfillment", "customers", "customer",
        "products", "shipping_zones", "risks", "tender_transactions", "payouts", "fulfillment_event", "location",
    }
)  # fmt: skip

# members besides arrays from which a JSON object is a record itself, not something around records
_FIELDS_OF_A_RECORD = 3


def recognise(path: Path) -> Recognised:
    """Look at a file. Raises `Invalid` with one sentence for what is no orders in any form."""
    opened = open_file(path)
    if opened.content is Content.PARQUET:
        return _tabular(opened, Shape.PARQUET, None)
    if opened.content is Content.XLSX:
        return _tabular(opened, Shape.XLSX, None)
    head = documents.head(opened)
    if head[:1] in ("{", "["):
        found = _json(opened, head)
        if found:
            return found
    form = layout(opened)
    if form is None:
        raise Invalid(_("The file “{name}” is empty.", name=opened.name))
    if len(form.header) < 2 and not _is_plausible(head):
        raise Invalid(_("“{name}” is no table: no columns were found in it.", name=opened.name))
    return _tabular(opened, Shape.DELIMITED, form)


def _is_plausible(head: str) -> bool:
    return head.count("\n") > 0 and all(letter.isprintable() or letter.isspace() for letter in head[:2000])


def _tabular(opened: Opened, shape: Shape, form: Layout | None) -> Recognised:
    """A table: Shopify's, our own, or any."""
    if form is None:
        from services.imports.grids import header_of

        names: Iterable[str] = header_of(opened, shape)
    else:
        names = form.header
    names = list(names)
    keys = {key(name) for name in names}
    if keys >= RECOGNISED_BY:
        return Recognised(opened, Format.SHOPIFY, shape, form)
    if keys >= TRANSACTIONS_BY and "lineitemname" not in keys:
        raise Invalid(
            _(
                "“{name}” is Shopify's export of transactions: payments, no orders. Export the orders instead.",
                name=opened.name,
            )
        )
    if {name.strip().lower() for name in names} >= _OWN:
        return Recognised(opened, Format.COMPTOIR, shape, form)
    return Recognised(opened, Format.TABLE, shape, form)


def _json(opened: Opened, head: str) -> Recognised | None:
    """By the members of the first record. None when it is no JSON after all (a CSV may begin with a brace)."""
    if head[0] == "[":
        first = next((value for value, _text in documents.items(opened)), None)
        if first is None:
            raise Invalid(_("The file “{name}” holds no records.", name=opened.name))
        if not isinstance(first, dict):
            return None if not isinstance(first, list) else Recognised(opened, Format.TABLE, Shape.JSON)
        return Recognised(opened, _record_format(first), Shape.JSON)
    top = _top(opened, head)
    if top is None:
        return None
    return _object(opened, top)


def _top(opened: Opened, head: str) -> dict[str, Any] | None:
    """The members of the top object, arrays shortened to their first member."""
    lines = head.split("\n", 2)
    if len(lines) > 1 and lines[1].strip()[:1] == "{":
        try:
            return {"": json.loads(lines[0])}
        except json.JSONDecodeError:
            pass
    return documents.outline(opened)


def _object(opened: Opened, top: dict[str, Any]) -> Recognised:
    if "" in top:
        return Recognised(opened, _record_format(top[""]), Shape.LINES)
    if isinstance(top.get("orders"), list):
        first: dict[str, Any] = next(iter(top["orders"]), {})
        kind = Format.COMPTOIR if _is_own(first) else Format.SHOPIFY
        return Recognised(opened, kind, Shape.JSON, keys=("orders",))
    for name in ("draft_orders", "checkouts"):
        if isinstance(top.get(name), list):
            return Recognised(opened, Format.SHOPIFY, Shape.JSON, keys=(name,), notice=name)
    for name in ("order", "draft_order", "checkout"):
        if isinstance(top.get(name), dict):
            return Recognised(opened, Format.SHOPIFY, Shape.JSON, keys=(name,), notice=name)
    if any(isinstance(top.get(name), list) for name in ("create", "update", "delete")):
        return Recognised(opened, Format.WOOCOMMERCE, Shape.JSON, keys=("create", "update", "delete"))
    rows = top.get("items")
    if isinstance(rows, list) and {"count", "offset", "limit"} <= set(top):
        return Recognised(opened, Format.ECWID, Shape.JSON, keys=("items",))
    found = _record_format(top)
    if found is Format.TABLE:
        arrays = [
            name for name, value in top.items() if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        if len(top) < _FIELDS_OF_A_RECORD and _NO_ORDERS & set(top):
            raise Invalid(_("“{name}” is JSON, but no orders were found in it.", name=opened.name))
        if arrays and len(top) - len(arrays) >= _FIELDS_OF_A_RECORD:
            return Recognised(opened, Format.TABLE, Shape.LINES)
        if len(arrays) != 1:
            raise Invalid(_("“{name}” is JSON, but no orders were found in it.", name=opened.name))
        return Recognised(opened, Format.TABLE, Shape.JSON, keys=(arrays[0],))
    return Recognised(opened, found, Shape.JSON)


def _record_format(record: dict[str, Any]) -> Format:
    """Whose order a JSON object is."""
    if not isinstance(record, dict):
        return Format.TABLE
    if "financial_status" in record and ("line_items" in record or "order_number" in record):
        return Format.SHOPIFY
    if "line_items" in record and "status" in record and ("date_created" in record or "order_key" in record):
        return Format.WOOCOMMERCE
    if "paymentStatus" in record and "items" in record:
        return Format.ECWID
    if _is_own(record):
        return Format.COMPTOIR
    return Format.TABLE


def _is_own(record: object) -> bool:
    return isinstance(record, dict) and set(record) >= _OWN
