"""Orders into the store, whole: one order or a million by the same set-based SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from functools import cache
from typing import Any, cast

import pyarrow as pa

from data import cards, event_chain, goods, stale, word_heap
from data.doors import EVENTS
from data.event_chain import LinkKind
from data.home import ROWS_IN_A_GROUP
from data.incoming import SCHEMAS, Batch, tables
from data.store import Row, Writer
from data.wordlist import Wordlist

Rows = Mapping[str, Sequence[Mapping[str, object]]]

CHILDREN = ("order_lines", "payments", "shipments", "shipment_lines", "order_notes", "order_events", "order_raws")

# Kinds of `payments` that bring money, and that give it back.
RECEIVED, GIVEN_BACK = ("charge", "gift_card", "capture"), ("refund",)

_SUMS = ("paid", "refunded", "line_count", "item_count", "items_summary", "kinds")

# Orders whose words and cards are made at a time: two groups of rows, which the engine reads on two cores.
WORDED = 2 * ROWS_IN_A_GROUP

# Up to so many orders go in one by one.
_FEW = 10

_UUIDS = {"id", "order_id", "line_id", "shipment_id", "event_id", "import_run_id"}


def add(write: Writer, batch: Batch, zone: str) -> None:
    """Add new orders with all that they hold; `zone` is the shop's time zone, which gives them their day and month."""
    orders = batch.get("orders", ())
    if len(orders) <= _FEW and not any(isinstance(rows, pa.Table) for rows in batch.values()):
        return _add_few(write, batch, zone)
    word_heap.start(write)
    with shown(write, batch):
        add_incoming(write, zone)
    word_heap.put_in(write)


@contextmanager
def shown(write: Writer, batch: Batch) -> Iterator[None]:
    """Let SQL read a batch as the relations `incoming_*` while the block lasts."""
    with ExitStack() as tables_shown:
        for name, table in tables(batch).items():
            tables_shown.enter_context(write.shown(f"incoming_{name}", table))
        yield


def add_incoming(
    write: Writer,
    zone: str,
    lines: str = "incoming_order_lines",
    money: str = "incoming_payments",
    *,
    is_known: bool = False,
) -> None:
    """The same for orders that stand in relations `incoming_orders`, `incoming_order_lines` and so on; their words wait
    in the caller's heap. `lines` and `money` are the relations that count for what the order sums up of its lines and
    payments. `is_known` when the store holds more of some orders than is incoming."""
    write.execute("create or replace temp table fresh_orders as from orders limit 0")
    write.execute(_insert_fresh(_summed(lines, money)), {"zone": zone})
    write.execute(f"insert into orders ({_OWN}) select {_OWN} from fresh_orders")
    for name in CHILDREN:
        write.execute(_insert_child(name), {"zone": zone} if name == "payments" else None)
    event_chain.link(write, _incoming_events())
    _heap_words_and_insert_cards(write, is_known)
    write.execute("drop table fresh_orders")


def _heap_words_and_insert_cards(write: Writer, is_known: bool) -> None:
    """The words and cards of the fresh orders, some thousand orders at a time: a word takes more memory than its
    order, and cards are to lie in the order of their ids."""
    least, count = write.tuples("select min(rowid), count(*) from fresh_orders")[0]  # rows of a transaction count apart
    for first in range(0, count, WORDED):
        some = f"rowid >= {least + first:d} and rowid < {least + first + WORDED:d}"
        word_heap.add(write, f"fresh_orders where {some}", is_known)
        cards.write_cards(write, f"{some} order by id", table="fresh_orders")


def remove(write: Writer, order_ids: Sequence[str]) -> None:
    """Take orders out with all that they hold (an import undone, or replaced by its newer version)."""
    with write.shown("outgoing", pa.table({"id": list(order_ids)}, schema=pa.schema([("id", pa.string())]))):
        stale.mark(write, "id in (select id::uuid from outgoing)")
        write.execute("delete from orders where id in (select id::uuid from outgoing)")
        gone = f"(from {EVENTS} where order_id in (select id::uuid from outgoing))"
        event_chain.link(write, gone, LinkKind.REMOVED)
        for name in (*CHILDREN, "order_cards", "search_terms"):
            write.execute(f"delete from {name} where order_id in (select id::uuid from outgoing)")
        goods.remove_of(write, "(select id::uuid from outgoing)", [])


def move_to_zone(write: Writer, zone: str) -> None:
    """Give every order and payment its day and month anew, when the shop's time zone was changed."""
    day = local_day("placed_at")
    stale.mark(write, "true")
    write.execute(f"update orders set placed_on = {day}, placed_month = strftime({day}, '%Y-%m')", {"zone": zone})
    cards.renew(write, "true")
    write.execute(f"update payments set on_date = {local_day('happened_at')}", {"zone": zone})


def local_day(column: str) -> str:
    """SQL for the day in the shop's zone (`$zone`) of a UTC timestamp."""
    return f"cast(timezone($zone, timezone('UTC', {column})) as date)"


def given(name: str) -> tuple[str, str]:
    """Column names of an incoming table, and the SQL that reads them with the store's types."""
    columns = SCHEMAS[name].names
    return ", ".join(columns), ", ".join(f"i.{c}::uuid" if c in _UUIDS else f"i.{c}" for c in columns)


def _add_few(write: Writer, batch: Batch, zone: str) -> None:
    """The same for a handful: planning a query over ten Arrow tables costs ten times what the rows do."""
    lines, money = _by_order(batch, "order_lines"), _by_order(batch, "payments")
    for order in batch.get("orders", ()):
        values = {column: order.get(column) for column in SCHEMAS["orders"].names}
        values |= _sums(lines.get(order["id"], []), money.get(order["id"], []))
        write.execute(_insert_order(), {**values, "zone": zone})
        cards.write_cards(write, "id = $id::uuid", {"id": order["id"]})
    for name in CHILDREN:
        write.insert(name, _children(write, batch, name, zone))
    if found := _wordlist().of(cast(Rows, batch)):
        write.execute(
            "insert into search_terms (term, field, order_id) select unnest(?), unnest(?), unnest(?)::uuid",
            [list(column) for column in zip(*found, strict=True)],
        )


@cache
def _wordlist() -> Wordlist:
    return Wordlist(derived("i.{}".format)["country"])


def _children(write: Writer, batch: Batch, name: str, zone: str) -> list[Row]:
    rows = [{column: row.get(column) for column in SCHEMAS[name].names} for row in batch.get(name, ())]
    if name == "payments":
        for row in rows:
            day = f"select {local_day('$at::timestamp')}"
            row["on_date"] = write.value(day, {"at": row["happened_at"], "zone": zone})
    return rows


def _by_order(batch: Batch, name: str) -> dict[object, list[Mapping[str, Any]]]:
    found: dict[object, list[Mapping[str, Any]]] = {}
    for row in batch.get(name, ()):
        found.setdefault(row["order_id"], []).append(row)
    return found


def _sums(lines: list[Mapping[str, Any]], money: list[Mapping[str, Any]]) -> Row:
    """What an order sums up of its lines and payments: as `_SUMMED` does for many."""
    first = min(lines, key=lambda line: line["position"], default=None)
    return {
        "paid": sum((row["amount"] for row in money if row["kind"] in RECEIVED), Decimal(0)),
        "refunded": sum((row["amount"] for row in money if row["kind"] in GIVEN_BACK), Decimal(0)),
        "line_count": len(lines),
        "item_count": sum((line["quantity"] for line in lines), Decimal(0)),
        "items_summary": first["name"] if first else "",
        "kinds": sorted({line["kind"] for line in lines}),
    }


def _insert_child(name: str) -> str:
    """SQL that puts the rows of a table in, those of an order side by side: what belongs to it is read in one place."""
    columns, values = given(name)
    if name == "payments":
        columns, values = f"{columns}, on_date", f"{values}, {local_day('i.happened_at')}"
    return f"insert into {name} ({columns}) select {values} from incoming_{name} i order by i.order_id::uuid"


def _incoming_events() -> str:
    """SQL for the incoming rows of the log as they go in."""
    columns, values = given(EVENTS)
    return f"(select *, null as undoes from (select {values} from incoming_{EVENTS} i) told({columns}))"


def _summed(lines: str, money: str) -> str:
    """SQL for the incoming orders with what they sum up of their lines and payments."""
    received = ", ".join(f"'{kind}'" for kind in RECEIVED)
    given_back = ", ".join(f"'{kind}'" for kind in GIVEN_BACK)
    return f"""(
        with lines as (
            select order_id, count(*) as line_count, sum(quantity) as item_count,
                arg_min(name, position) as items_summary, list_sort(list_distinct(list(kind))) as kinds
            from {lines} group by order_id
        ),
        money as (
            select order_id,
                coalesce(sum(amount) filter (kind in ({received})), 0) as paid,
                coalesce(sum(amount) filter (kind in ({given_back})), 0) as refunded
            from {money} group by order_id
        )
        select o.*, coalesce(money.paid, 0) as paid, coalesce(money.refunded, 0) as refunded,
            coalesce(lines.line_count, 0) as line_count, coalesce(lines.item_count, 0) as item_count,
            coalesce(lines.items_summary, '') as items_summary, coalesce(lines.kinds, []) as kinds
        from incoming_orders o
        left join lines on lines.order_id = o.id
        left join money on money.order_id = o.id
    )"""


def _insert_fresh(summed: str) -> str:
    """SQL that makes the rows of orders, from a relation with their given columns and their sums."""
    _columns, values = given("orders")
    found = derived("i.{}".format)
    return f"""
        insert into fresh_orders ({_OWN})
        select {values}, {", ".join(f"i.{name}" for name in _SUMS)}, {", ".join(found.values())}
        from {summed} i
        order by i.placed_at, i.id::uuid
    """


@cache
def _insert_order() -> str:
    """SQL that puts one order in, each of its columns a parameter."""
    columns = [*SCHEMAS["orders"].names, *_SUMS]
    found = derived("${}".format)
    return f"""
        insert into orders ({", ".join(columns)}, {", ".join(found)})
        values ({", ".join(f"${name}" for name in columns)}, {", ".join(found.values())})
    """


def due(named: Callable[[str], str]) -> str:
    """SQL for what is still to come of an order: nothing once it is cancelled, whatever came in before or since, or all
    was given back. The same as `services.orders.derive.due`; `named` is how a column is named there."""
    payment, goods = named("payment_status"), named("fulfilment_status")
    return (
        f"case when {payment} in ('cancelled', 'refunded') then 0 "
        f"when {goods} = 'will_not_deliver' and {payment} in ('partially_paid', 'paid', 'partially_refunded') then 0 "
        f"else greatest({named('total')} - {named('paid')}, 0) end"
    )


def derived(named: Callable[[str], str]) -> dict[str, str]:
    """SQL for what follows from an order's given columns and sums; `named` is how a column is named there."""
    number, placed_at = named("number"), named("placed_at")
    return {
        "number_sort": f"try_cast(nullif(regexp_extract({number}, '(\\d{{1,18}})\\D*$', 1), '') as bigint)",
        "placed_on": local_day(placed_at),
        "placed_month": f"strftime({local_day(placed_at)}, '%Y-%m')",
        "customer_key": "lower(coalesce(nullif({}, ''), nullif({}, ''), {}))".format(
            named("email"), named("name"), named("billing_name")
        ),
        "country": f"coalesce(nullif({named('shipping_country')}, ''), {named('billing_country')})",
        "due": due(named),
    }


# The columns of an order's row, as they are given or follow from what is.
_OWN = ", ".join([*SCHEMAS["orders"].names, *_SUMS, *derived(str)])
