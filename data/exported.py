"""The columns of exported files, in their order, and what each of them holds."""

from __future__ import annotations

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
