"""Cards: each order's own row once more, as one text, for reading.

The store keeps columns apart, so that to read one order is to open some sixty places of the file, and fifty orders that
lie apart three thousand. A card is opened in one. It is written in the transaction that changes the order's row, and a
standing check holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from data.doors import Reader, Row, Writer
from data.incoming import ADDRESS
from data.stale import mark, mark_change

# Every column of an order that a person or program may see, without the bookkeeping of imports.
COLUMNS = (
    "id", "source", "source_id", "number", "placed_at", "placed_on", "placed_month", "updated_at", "version",
    "payment_status", "fulfilment_status", "payment_method", "payment_method_label", "payment_message",
    "transaction_id", "email", "name", "phone", "language", "customer_key", "customer_comment", "tags", "coupons",
    "shipping_method", "is_pickup",
    *(f"{kind}_{part}" for kind in ("shipping", "billing") for part in ADDRESS),
    "country", "currency", "subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total", "tax_included",
    "paid", "refunded", "due", "line_count", "item_count", "items_summary", "kinds", "is_muted",
)  # fmt: skip

# What a card holds, in this order; `number_sort` is for the place in a list.
_HELD = (*COLUMNS, "source_status_json", "import_run_id", "number_sort")
_MONEY = (
    "subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total", "paid", "refunded", "due", "item_count",
)  # fmt: skip
_TYPES = {
    **dict.fromkeys(_MONEY, "decimal(18, 3)"),
    **dict.fromkeys(("tags", "coupons", "kinds"), "varchar[]"),
    **dict.fromkeys(("is_pickup", "tax_included", "is_muted"), "boolean"),
    **dict.fromkeys(("version", "line_count", "number_sort"), "bigint"),
    "placed_at": "timestamp",
    "updated_at": "timestamp",
    "placed_on": "date",
    "id": "uuid",
    "import_run_id": "uuid",
}
_READ: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(_MONEY, Decimal),
    "placed_at": datetime.fromisoformat,
    "updated_at": datetime.fromisoformat,
    "placed_on": date.fromisoformat,
}
_DECODERS = [(name, _READ.get(name)) for name in _HELD]

# Orders between two that are wanted which are sooner read along than a further question is asked, and that one question
# goes through at most: beyond, the engine looks the many up among the few.
_READ_ALONG, _AT_ONCE = 10_000, 100_000
# Of so many orders each is looked for in the list of those that are wanted; of more, a table is made of the list, which
# takes half a millisecond.
_FEW = 5_000


def text(named: Callable[[str], str]) -> str:
    """SQL for a card; `named` is how a column of the order is named there."""
    return f"json_array({', '.join(_value(name, named(name)) for name in _HELD)})::varchar"


def write_cards(
    write: Writer, condition: str, params: Mapping[str, object] | None = None, table: str = "orders"
) -> None:
    """Make the cards of orders that meet a condition on `orders` (which may end in an order) and have none yet; `table`
    may be another one with their rows."""
    write.seen.clear()
    mark(write, condition, params, table)
    write.execute(
        f"insert into order_cards (order_id, card) select id, {text(str)} from {table} where {condition}", params
    )


def change(write: Writer, order_id: str, values: Mapping[str, object]) -> None:
    """Write an order's card anew with some of its columns changed."""
    row = write.seen.pop(order_id, None) or one(write, order_id)
    if row is None:
        return
    write.execute("delete from order_cards where order_id = ?::uuid", [order_id])
    after: Row = {**row, **values}
    card = json.dumps([_told(name, after[name]) for name in _HELD], ensure_ascii=False, separators=(",", ":"))
    write.insert("order_cards", [{"order_id": order_id, "card": card}])
    mark_change(write, row, after, values)


def renew(write: Writer, condition: str, params: Mapping[str, object] | None = None) -> None:
    """Write the cards anew of orders that meet a condition on `orders`, after their rows were changed."""
    write.execute(f"delete from order_cards where order_id in (select id from orders where {condition})", params)
    write_cards(write, condition, params)


def one(read: Reader, order_id: str) -> Row | None:
    """An order's own row with `COLUMNS`, `source_status_json`, `import_run_id` and `number_sort`, or None."""
    card = read.value("select card from order_cards where order_id = ?::uuid", [order_id])
    return None if card is None else row(card)


def of(read: Reader, order_ids: Sequence[str]) -> dict[str, Row]:
    """The same for many, by id. Ids follow time, and so do the cards: those that lie near each other are read in one
    go, as the engine passes over a run quickly but looks for ids out of a list in far too many places."""
    found: dict[str, Row] = {}
    for group, span in _groups(read, sorted(set(order_ids))):
        if len(group) == 1:
            texts = read.tuples("select card from order_cards where order_id = ?::uuid", group)
        else:
            # whether an id is wanted is seen while ids are scanned, so that only the cards that are wanted are opened
            ids = "$ids::uuid[]"
            wanted = f"list_contains({ids}, order_id)" if span < _FEW else f"order_id in (select unnest({ids}))"
            texts = read.tuples(
                f"select card from order_cards where order_id between $least::uuid and $most::uuid and {wanted}",
                {"least": group[0], "most": group[-1], "ids": group},
            )
        found |= {one["id"]: one for one in (row(card) for (card,) in texts)}
    return found


def _groups(read: Reader, ids: list[str]) -> list[tuple[list[str], float]]:
    """Ids in runs of which each is read at once, and about how many orders each run spans."""
    if len(ids) < 2:
        return [(ids, 1)] if ids else []
    between = "select count(*) from order_cards where order_id between ?::uuid and ?::uuid"
    among = int(read.known(between, [ids[0], ids[-1]])[0][0])
    moments = [int(order_id[:8] + order_id[9:13], 16) for order_id in ids]
    pace = among / max(1, moments[-1] - moments[0])  # orders that come in in a millisecond
    groups: list[tuple[list[str], float]] = []
    begun = before = moments[0]
    for moment, order_id in zip(moments, ids, strict=True):
        span = (moment - begun) * pace
        if groups and (moment - before) * pace <= _READ_ALONG and span <= _AT_ONCE:
            groups[-1] = ([*groups[-1][0], order_id], span)
        else:
            groups.append(([order_id], 1))
            begun = moment
        before = moment
    return groups


def row(card: str) -> Row:
    """An order's own row, from its card."""
    found: Row = {}
    for (name, decode), value in zip(_DECODERS, json.loads(card), strict=True):
        found[name] = value if decode is None or value is None else decode(value)
    return found


def _told(name: str, value: Any) -> object:
    """A value as `text` has it in SQL: planning that for one order would cost more than all the rest of a change."""
    if name in _MONEY:
        return f"{value:.3f}"
    if isinstance(value, datetime):
        shown = value.isoformat(sep=" ")
        return shown.rstrip("0") if value.microsecond else shown
    return value.isoformat() if isinstance(value, date) else value


def _value(name: str, sql: str) -> str:
    kind = _TYPES.get(name, "varchar")
    is_text = kind in ("uuid", "timestamp", "date") or name in _MONEY
    return f"{sql}::{kind}::varchar" if is_text else f"{sql}::{kind}"
