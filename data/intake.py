"""Orders into the store, whole: one order or a million by the same set-based SQL."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

import pyarrow as pa

from data import terms
from data.incoming import SCHEMAS, Batch, tables
from data.store import Writer

CHILDREN = ("order_lines", "payments", "shipments", "shipment_lines", "order_notes", "order_events", "order_raws")

# Kinds of `payments` that bring money, and that give it back.
RECEIVED, GIVEN_BACK = ("charge", "gift_card"), ("refund",)

_UUIDS = {"id", "order_id", "line_id", "shipment_id", "event_id", "import_run_id"}


def add(write: Writer, batch: Batch, zone: str) -> None:
    """Add new orders with all that they hold; `zone` is the shop's time zone, which gives them their day and month."""
    with ExitStack() as shown:
        for name, table in tables(batch).items():
            shown.enter_context(write.shown(f"incoming_{name}", table))
        add_incoming(write, zone)


def add_incoming(
    write: Writer, zone: str, lines: str = "incoming_order_lines", money: str = "incoming_payments"
) -> None:
    """The same for orders that stand in relations `incoming_orders`, `incoming_order_lines` and so on. `lines` and
    `money` are the relations that count for what the order sums up of its lines and payments."""
    write.execute(_insert_orders(lines, money), {"zone": zone})
    for name in CHILDREN:
        write.execute(_insert_child(name), {"zone": zone} if name == "payments" else None)
    write.execute(
        "insert into search_terms (term, field, order_id) "
        f"with fresh as (select id::uuid as id from incoming_orders) "
        f"select * from ({terms.words(terms.texts_of_orders())})"
    )


def remove(write: Writer, order_ids: Sequence[str]) -> None:
    """Take orders out with all that they hold (an import undone, or replaced by its newer version)."""
    with write.shown("outgoing", pa.table({"id": list(order_ids)}, schema=pa.schema([("id", pa.string())]))):
        write.execute("delete from orders where id in (select id::uuid from outgoing)")
        for name in (*CHILDREN, "search_terms"):
            write.execute(f"delete from {name} where order_id in (select id::uuid from outgoing)")


def local_day(column: str) -> str:
    """SQL for the day in the shop's zone (`$zone`) of a UTC timestamp."""
    return f"cast(timezone($zone, timezone('UTC', {column})) as date)"


def given(name: str) -> tuple[str, str]:
    """Column names of an incoming table, and the SQL that reads them with the store's types."""
    columns = SCHEMAS[name].names
    return ", ".join(columns), ", ".join(f"i.{c}::uuid" if c in _UUIDS else f"i.{c}" for c in columns)


def _insert_child(name: str) -> str:
    columns, values = given(name)
    if name == "payments":
        columns, values = f"{columns}, on_date", f"{values}, {local_day('i.happened_at')}"
    return f"insert into {name} ({columns}) select {values} from incoming_{name} i"


def _insert_orders(lines: str, money: str) -> str:
    columns, values = given("orders")
    received = ", ".join(f"'{kind}'" for kind in RECEIVED)
    given_back = ", ".join(f"'{kind}'" for kind in GIVEN_BACK)
    return f"""
        insert into orders ({columns}, number_sort, placed_on, placed_month, customer_key, country,
            paid, refunded, due, line_count, item_count, items_summary, kinds)
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
        select {values},
            try_cast(nullif(regexp_extract(i.number, '(\\d{{1,18}})\\D*$', 1), '') as bigint),
            {local_day("i.placed_at")},
            strftime({local_day("i.placed_at")}, '%Y-%m'),
            lower(coalesce(nullif(i.email, ''), nullif(i.name, ''), i.billing_name)),
            coalesce(nullif(i.shipping_country, ''), i.billing_country),
            coalesce(money.paid, 0), coalesce(money.refunded, 0),
            case when i.payment_status in ('cancelled', 'refunded') then 0
                else greatest(i.total - coalesce(money.paid, 0), 0) end,
            coalesce(lines.line_count, 0), coalesce(lines.item_count, 0),
            coalesce(lines.items_summary, ''), coalesce(lines.kinds, [])
        from incoming_orders i
        left join lines on lines.order_id = i.id
        left join money on money.order_id = i.id
        order by i.placed_at, i.id
    """
