"""Many orders at once: read with few questions, changed with few statements.

`Gathered` takes what `data/acting.py` would write for one order at a time, and puts it all with one statement per table
and kind of change. A test holds the two together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from data import acting, cards, orders, terms
from data.conditions import Where
from data.doors import EVENTS
from data.ids import Ids
from data.store import Reader, Row, Writer

_UUIDS = frozenset({"id", "event_id", "shipment_id", "line_id", "undoes"})
_IDS = "in (select unnest($ids)::uuid) and {0} between $least::uuid and $most::uuid"


def whole(
    read: Reader, order_ids: Sequence[str], without: Collection[str] = ()
) -> dict[str, tuple[Row, orders.Children]]:
    """Orders with all that they hold, as `data.orders.one` and `children` give one of them, by id; the rows of the
    tables `without` are not read."""
    ids = sorted(set(order_ids))
    if not ids:
        return {}
    params = {"ids": ids, "least": ids[0], "most": ids[-1]}
    found = {
        order_id: cards.row(card)
        for order_id, card in read.tuples(
            f"select order_id::varchar, card from order_cards where order_id {_IDS.format('order_id')}", params
        )
    }
    children: dict[str, orders.Children] = {order_id: {table: [] for table in orders.CHILDREN} for order_id in found}
    for table, (columns, order) in orders.CHILDREN.items():
        if table in without:
            continue
        names = [name.strip() for name in columns.split(",")]
        told = ", ".join(f"{name}::varchar" if name in _UUIDS else name for name in names)
        standing = " and voided_at is null" if table in orders.UNDOABLE else ""
        rows = read.tuples(
            f"select order_id::varchar, {told} from {table} where order_id {_IDS.format('order_id')}{standing}", params
        )
        keys = [1 + names.index(name) for name in order]
        for order_id, *values in sorted(rows, key=lambda row: [(row[key] is not None, row[key]) for key in keys]):
            if held := children.get(order_id):
                held[table].append(dict(zip(names, values, strict=True)))
    return {order_id: (row, children[order_id]) for order_id, row in found.items()}


def matching(read: Reader, asked: Where) -> list[tuple[str, int]]:
    """id and version of every order that a filter finds, the newest first."""
    rows = read.tuples(
        f"select o.id, o.version from orders o where {asked.sql} order by o.placed_at desc, o.id desc", asked.params
    )
    return [(str(order_id), version) for order_id, version in rows]


def versions(read: Reader, order_ids: Sequence[str]) -> dict[str, int]:
    """The versions of orders, by id; those that are there."""
    rows = read.tuples(
        "select id, version from orders where id in (select try_cast(unnest($ids) as uuid))", {"ids": list(order_ids)}
    )
    return {str(order_id): version for order_id, version in rows}


def with_goods(read: Reader, order_ids: Sequence[str]) -> set[str]:
    """Orders that handed over something without a parcel, or wait to."""
    rows = read.tuples(
        "select order_id::varchar from order_goods where order_id in (select unnest($ids)::uuid)",
        {"ids": list(order_ids)},
    )
    return {order_id for (order_id,) in rows}


def mails_of_events(read: Reader, event_ids: Sequence[str], state: str) -> list[Row]:
    """id of the messages that events made and that are in a state."""
    return read.rows(
        "select id from messages where state = ? and event_id in (select unnest(?)::uuid)", [state, list(event_ids)]
    )


def put_off(write: Writer, message_ids: Sequence[str], until: datetime) -> None:
    """Let messages not leave before a moment."""
    write.execute(
        "update messages set send_after = greatest(send_after, ?) where id in (select unnest(?)::uuid)",
        [until, list(message_ids)],
    )


def note(write: Writer, message_ids: Sequence[str], kind: str, detail: str, now: datetime) -> None:
    """The same event for many messages."""
    ids = Ids()
    event = {"happened_at": now, "kind": str(kind), "detail": detail, "provider_event_id": ""}
    append(write, "message_events", [{"id": ids.fresh(), "message_id": one, **event} for one in message_ids])


class Gathered:
    """Changes of many orders, each order once, until `put`. Has the functions of `data.acting`; one that it does not
    know is done at once, for its one order."""

    def __init__(self) -> None:
        self._orders: dict[str, dict[str, object]] = {}
        self._rows: dict[str, list[Row]] = {}
        self._voided: list[Row] = []
        self._moved: list[Row] = []
        self._returned: list[Row] = []
        self._delivered: list[Row] = []
        self._texts: list[tuple[str, set[tuple[str, str]], set[tuple[str, str]]]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(acting, name)

    def change_order(self, _write: Writer, order_id: str, values: Mapping[str, object]) -> None:
        """As `data.acting.change_order`."""
        self._orders.setdefault(order_id, {}).update(values)

    def add(self, _write: Writer, table: str, rows: Sequence[Row]) -> None:
        """As `data.acting.add`."""
        self._rows.setdefault(table, []).extend(rows)

    def void(self, _write: Writer, order_id: str, table: str, ids: Sequence[str], at: datetime) -> None:
        """As `data.acting.void`."""
        self._voided += [{"table": table, "order_id": order_id, "id": part_id, "at": at} for part_id in ids]

    def move_quantities(
        self, _write: Writer, order_id: str, moves: Sequence[tuple[str, Decimal, Decimal, Decimal]]
    ) -> None:
        """As `data.acting.move_quantities`."""
        names = ("id", "shipped", "returned", "refunded")
        self._moved += [{"order_id": order_id, **dict(zip(names, move, strict=True))} for move in moves]

    def return_from_parcels(self, _write: Writer, order_id: str, moves: Sequence[tuple[str, str, Decimal]]) -> None:
        """As `data.acting.return_from_parcels`."""
        names = ("shipment_id", "line_id", "quantity")
        self._returned += [{"order_id": order_id, **dict(zip(names, move, strict=True))} for move in moves]

    def deliver(self, _write: Writer, order_id: str, shipment_ids: Sequence[str], at: datetime | None) -> None:
        """As `data.acting.deliver`."""
        self._delivered += [{"order_id": order_id, "id": part_id, "at": at} for part_id in shipment_ids]

    def change_words(self, _write: Writer, order_id: str, before: acting.Texts, after: acting.Texts) -> None:
        """As `data.acting.change_words`."""
        had, has = set(before), set(after)
        if had != has:
            self._texts.append((order_id, had, has))

    def put(self, write: Writer) -> None:
        """Write all of it."""
        self._put_orders(write)
        for table, rows in self._rows.items():
            append(write, table, rows)
        for table in dict.fromkeys(row["table"] for row in self._voided):
            rows = [row for row in self._voided if row["table"] == table]
            _update(write, table, "voided_at = given.at::timestamp", "id = given.id::uuid", rows)
        sums = ", ".join(f"{name} = order_lines.{name} + given.{name}" for name in ("shipped", "returned", "refunded"))
        _update(write, "order_lines", sums, "id = given.id::uuid", self._moved)
        held = "shipment_id = given.shipment_id::uuid and shipment_lines.line_id = given.line_id::uuid"
        _update(write, "shipment_lines", "returned = shipment_lines.returned + given.quantity", held, self._returned)
        _update(write, "shipments", "delivered_at = given.at::timestamp", "id = given.id::uuid", self._delivered)
        self._put_words(write)
        self.__init__()  # type: ignore[misc]

    def _put_orders(self, write: Writer) -> None:
        """Orders with the same columns to change go together."""
        alike: dict[tuple[str, ...], list[Row]] = {}
        for order_id, values in self._orders.items():
            alike.setdefault(tuple(sorted(values)), []).append({"order_id": order_id, **values})
        for names, rows in alike.items():
            _update(write, "orders", ", ".join(f"{name} = given.{name}" for name in names), "", rows)
        if self._orders:
            ids = sorted(self._orders)
            cards.renew(write, f"id {_IDS.format('id')}", {"ids": ids, "least": ids[0], "most": ids[-1]})

    def _put_words(self, write: Writer) -> None:
        if not self._texts:
            return
        before = _words(write, [(order_id, text) for order_id, had, has in self._texts for text in had - has])
        after = _words(write, [(order_id, text) for order_id, had, has in self._texts for text in has - had])
        # words that a text which stays has too
        kept = _words(write, [(order_id, text) for order_id, had, has in self._texts for text in _beside(had, has)])
        if gone := before - after - kept:
            rows = [{"order_id": i, "field": field, "term": term} for i, field, term in sorted(gone, key=_by_term)]
            _take_out(write, rows)
        after -= kept | before
        rows = [{"term": term, "field": field, "order_id": i} for i, field, term in sorted(after, key=_by_term)]
        append(write, "search_terms", rows)


def _beside(had: set[tuple[str, str]], has: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The texts that stay, of the fields of which one changes."""
    touched = {acting.field_of(field) for field, _ in had ^ has}
    return [text for text in had & has if acting.field_of(text[0]) in touched]


def _by_term(word: tuple[str, str, str]) -> tuple[str, str, str]:
    return word[2], word[1], word[0]


def _words(write: Writer, texts: Sequence[tuple[str, tuple[str, str]]]) -> set[tuple[str, str, str]]:
    """(order_id, field, term) of (order_id, (field, text)); a text that comes again and again is taken apart once."""
    distinct = list({text for _, text in texts})
    found = {text: acting.plain_words(*text) for text in distinct if _is_plain(text)}
    rest = [text for text in distinct if text not in found]
    if rest:
        rows = write.rows(
            terms.words("select unnest($keys) as order_id, unnest($fields) as field, unnest($texts) as text"),
            {"keys": list(range(len(rest))), "fields": [f for f, _ in rest], "texts": [t for _, t in rest]},
        )
        found |= {text: set() for text in rest}
        for row in rows:
            found[rest[row["order_id"]]].add(row["term"])
    return {(order_id, acting.field_of(text[0]), term) for order_id, text in texts for term in found[text]}


def _is_plain(text: tuple[str, str]) -> bool:
    return text[1].isascii() and acting.field_of(text[0]) != "phone"


def append(write: Writer, table: str, rows: Sequence[Row]) -> None:
    """Append rows that all have the columns of the first, one or thousands."""
    if not rows:
        return
    if table == EVENTS:
        write.told.extend(rows)
    columns = ", ".join(rows[0])
    with write.shown("given", pa.Table.from_pylist(list(rows))):
        write.execute(f"insert into {table} ({columns}) select {columns} from given")


def _update(write: Writer, table: str, values: str, same: str, rows: Sequence[Row]) -> None:
    """Set columns of rows that bear the same ids; `values` and `same` are SQL of ours over `table` and `given`."""
    if not rows:
        return
    key = "id" if table == "orders" else "order_id"
    ids = sorted(row["order_id"] for row in rows)
    with write.shown("given", pa.Table.from_pylist(list(rows))):
        write.execute(
            f"update {table} set {values} from given where {table}.{key} = given.order_id::uuid "
            f"and {table}.{key} between $least::uuid and $most::uuid" + (f" and {table}.{same}" if same else ""),
            {"least": ids[0], "most": ids[-1]},
        )


def _take_out(write: Writer, rows: Sequence[Row]) -> None:
    """Take words out; they lie in the order of their terms."""
    if not rows:
        return
    with write.shown("given", pa.Table.from_pylist(list(rows))):
        write.execute(
            "delete from search_terms where term between $least and $most and (term, field, order_id) in "
            "(select term, field, order_id::uuid from given)",
            {"least": rows[0]["term"], "most": rows[-1]["term"]},
        )
