"""Lists of orders: rows, counts, sums, counts beside choices, and the place of an order in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data import cards, terms
from data.conditions import Where
from data.filters import Field, Filter, Sort
from data.store import Reader, Row

# sort -> (SQL of the key, whether it descends)
_KEYS = {
    Sort.NEWEST: ("o.placed_at", True),
    Sort.OLDEST: ("o.placed_at", False),
    Sort.SMALLEST: ("o.total", False),
    Sort.LARGEST: ("o.total", True),
    Sort.FIRST_NUMBER: ("coalesce(o.number_sort, -1)", False),
    Sort.LAST_NUMBER: ("coalesce(o.number_sort, -1)", True),
}
# sort -> the column of a card that it goes by
_COLUMN = {
    Sort.NEWEST: "placed_at",
    Sort.OLDEST: "placed_at",
    Sort.SMALLEST: "total",
    Sort.LARGEST: "total",
    Sort.FIRST_NUMBER: "number_sort",
    Sort.LAST_NUMBER: "number_sort",
}
REVERSED = {
    Sort.NEWEST: Sort.OLDEST,
    Sort.OLDEST: Sort.NEWEST,
    Sort.SMALLEST: Sort.LARGEST,
    Sort.LARGEST: Sort.SMALLEST,
    Sort.FIRST_NUMBER: Sort.LAST_NUMBER,
    Sort.LAST_NUMBER: Sort.FIRST_NUMBER,
}
# field -> SQL of its choice, and of the name that people see for it
_FACETS = {
    Field.PAYMENT_METHOD: ("o.payment_method", "arg_max(o.payment_method_label, o.placed_at)"),
    Field.MONTH: ("o.placed_month", "''"),
    Field.PAYMENT: ("o.payment_status", "''"),
    Field.FULFILMENT: ("o.fulfilment_status", "''"),
    Field.COUNTRY: ("o.country", "''"),
    Field.SHIPPING_METHOD: ("o.shipping_method", "''"),
    Field.CURRENCY: ("o.currency", "''"),
    Field.LANGUAGE: ("o.language", "''"),
    Field.SOURCE: ("o.source", "''"),
    Field.KIND: ("each.value", "''"),
    Field.TAG: ("each.value", "''"),
    Field.COUPON: ("each.value", "''"),
}
_LISTS = {Field.KIND: "kinds", Field.TAG: "tags", Field.COUPON: "coupons"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: after the order with this key and id."""

    key: object
    id: str


def asked(read: Reader, filter: Filter) -> Where:
    """A filter's SQL, made ready once for several questions to the same door."""
    where = Where(read, filter)
    where.settle(read)
    return where


def rows(
    read: Reader, filter: Filter | Where, sort: Sort, size: int, after: Place | None = None, skip: int = 0
) -> list[Row]:
    """At most `size` orders of a filter, with `sort_key`; after a place, or after `skip` orders."""
    where = _where(read, filter)
    if where.ids is not None and len(where.ids) <= size:
        found = _sorted(cards.of(read, where.ids), sort)
        if after:
            found = [row for row in found if _stands_after(row, sort, after)]
        return found[skip : skip + size]
    ids = _ids(read, where, sort, size, after, skip)
    by_id = cards.of(read, ids)
    return [_keyed(by_id[order_id], sort) for order_id in ids if order_id in by_id]


def _where(read: Reader, filter: Filter | Where) -> Where:
    return filter.copy() if isinstance(filter, Where) else asked(read, filter)


def _keyed(row: Row, sort: Sort) -> Row:
    key = row[_COLUMN[sort]]
    return row | {"sort_key": -1 if key is None else key}


def _sorted(by_id: dict[str, Row], sort: Sort) -> list[Row]:
    found = [_keyed(row, sort) for row in by_id.values()]
    return sorted(found, key=lambda row: (row["sort_key"], row["id"]), reverse=_KEYS[sort][1])


def _stands_after(row: Row, sort: Sort, place: Place) -> bool:
    own, other = (row["sort_key"], row["id"]), (place.key, place.id)
    return bool(own < other if _KEYS[sort][1] else own > other)


def _ids(read: Reader, where: Where, sort: Sort, size: int, after: Place | None, skip: int) -> list[str]:
    key, descends = _KEYS[sort]
    way = "desc" if descends else "asc"
    page = f"limit {int(size)} offset {int(skip)}"
    if where.words and key == _KEYS[Sort.NEWEST][0] and not _any_moved(read):
        # ids follow the moment of placing, so the words alone give the order of the list
        if descends and not after and skip + size <= len(where.latest):
            return where.latest[skip : skip + size]
        further = f"where order_id {'<' if descends else '>'} {where.add(after.id)}::uuid" if after else ""
        sql = f"select distinct order_id as id from ({where.words}) {further} order by order_id {way} {page}"
    else:
        if sort is Sort.NEWEST and not after and not skip:
            return _newest(read, where, size)
        further = f" and {_beyond(where, sort, after)}" if after else ""
        sql = f"select o.id from orders o where {where.sql}{further} order by {key} {way}, o.id {way} {page}"
    return [str(order_id) for (order_id,) in read.tuples(sql, where.params)]


def _newest(read: Reader, where: Where, size: int) -> list[str]:
    """The first page of all: where it ended the last time it was asked for, it ends now or later, unless orders are
    gone; then the whole is looked through again."""
    page = f"order by o.placed_at desc, o.id desc limit {int(size)}"
    asked = (where.sql, repr(where.params), size)
    ended = read.hints.get(asked)
    if ended:
        since = where.copy()
        sql = f"select o.id, o.placed_at from orders o where o.placed_at >= {since.add(ended)} and {where.sql} {page}"
        rows = read.tuples(sql, since.params)
    if not ended or len(rows) < size:
        rows = read.tuples(f"select o.id, o.placed_at from orders o where {where.sql} {page}", where.params)
    if len(rows) == size:
        read.hints.put(asked, rows[-1][1])
    return [str(order_id) for order_id, _ in rows]


def _any_moved(read: Reader) -> bool:
    """Whether there is an order whose id does not follow the moment at which it was placed."""
    mark = "select 1 from search_terms where term = $mark and field = $field limit 1"
    return bool(read.known(mark, {"mark": terms.whole(terms.MOVED), "field": terms.MOVED}))


def count(read: Reader, filter: Filter | Where) -> int:
    """How many orders a filter finds."""
    where = _where(read, filter)
    if where.ids is not None:
        return len(where.ids)
    if where.words:
        return where.total
    return int(read.known(f"select count(*) from orders o where {where.sql}", where.params)[0][0])


def sums(read: Reader, filter: Filter | Where) -> list[Row]:
    """currency, orders, total of what a filter finds, the currency with most orders first."""
    where = _where(read, filter)
    rows = read.known(
        "select o.currency, count(*) as orders, sum(o.total) as total from orders o "
        f"where {where.sql} group by all order by orders desc, o.currency",
        where.params,
    )
    return [{"currency": currency, "orders": orders, "total": total} for currency, orders, total in rows]


def facet(read: Reader, filter: Filter, field: Field) -> list[Row]:
    """value, label, orders for each choice of a field among what a filter finds, the most frequent first."""
    where = asked(read, filter)
    value, label = _FACETS[field]
    apart = f", unnest(o.{_LISTS[field]}) as each(value)" if field in _LISTS else ""
    rows = read.known(
        f"select {value} as value, {label} as label, count(*) as orders from orders o{apart} "
        f"where {where.sql} group by 1 order by orders desc, value",
        where.params,
    )
    return [{"value": value, "label": label, "orders": orders} for value, label, orders in rows]


def place(read: Reader, sort: Sort, order_id: str) -> Place | None:
    """Where an order stands in lists of this sort, None when there is no such order."""
    found = read.one(f"select {_KEYS[sort][0]} as key from orders o where o.id = ?::uuid", [order_id])
    return Place(found["key"], order_id) if found else None


def count_before(read: Reader, filter: Filter | Where, sort: Sort, place: Place) -> int:
    """How many orders of a filter stand before a place."""
    where = _where(read, filter)
    before = _beyond(where, REVERSED[sort], place)
    return int(read.value(f"select count(*) from orders o where {where.sql} and {before}", where.params))


def why(read: Reader, filter: Filter, order_ids: Sequence[str]) -> list[Row]:
    """order_id and field of every word of these orders that a word of the filter begins."""
    where = Where(read, filter)
    if not where.sets.begun or not order_ids:
        return []
    ids = where.add(list(order_ids))
    found = " union ".join(
        f"select order_id, field from search_terms where {begun} and order_id in (select unnest({ids}::uuid[]))"
        for begun in dict.fromkeys(where.sets.begun)
    )
    asked = where.sets.params | {ids.removeprefix("$")}
    return read.rows(
        f"select order_id, field from ({found}) order by order_id, field",
        {name: value for name, value in where.params.items() if name in asked},
    )


def _beyond(where: Where, sort: Sort, place: Place) -> str:
    """SQL for what stands after a place in a sort."""
    key, descends = _KEYS[sort]
    sign, mark = "<" if descends else ">", where.add(place.key)
    return f"{key} {sign}= {mark} and ({key} {sign} {mark} or o.id {sign} {where.add(place.id)}::uuid)"
