"""What an import found in the orders that it changed, kept beside the run so that they can be put back."""

from __future__ import annotations

from datetime import datetime

from data import cards, intake, stale, word_heap
from data.changed_orders import tell_changed
from data.doors import Reader, Row, Writer

# Runs whose orders can be put back; of older ones it is forgotten.
KEPT_RUNS = 20

# table -> its column with the order's id
_PARTS = {
    "orders": "id",
    **dict.fromkeys(("order_lines", "payments", "shipments", "shipment_lines", "order_notes"), "order_id"),
}


def keep(write: Writer, run_id: str, some: str) -> None:
    """Keep the orders of a relation (`id`, `version`), which the run is about to change."""
    for part, key in _PARTS.items():
        content = ", ".join(
            f"'{name}': t.{name}" if kind.endswith("[]") else f"'{name}': t.{name}::varchar"
            for name, kind in _columns(write, part)
        )
        # an order has one row of its own, and to gather these would hold the long texts of all at once
        rows, group = ("[{}]", "") if part == "orders" else ("list({})", "group by b.id, b.version")
        write.execute(
            "insert into import_befores (run_id, order_id, version, part, rows_json) "
            f"select $run_id::uuid, b.id, b.version + 1, '{part}', to_json({rows.format(f'{{{content}}}')})::varchar "
            f"from {part} t join {some} b on b.id = t.{key} {group}",
            {"run_id": run_id},
        )


def forget_old(write: Writer) -> None:
    """Let go of what was kept of older runs."""
    write.execute(
        "delete from import_befores where run_id not in "
        f"(select id from import_runs order by started_at desc, id desc limit {KEPT_RUNS})"
    )


def touched(read: Reader, run_id: str) -> list[Row]:
    """id and number of orders that a run changed and in which something has happened since."""
    return read.rows(
        "select o.id, o.number from import_befores b join orders o on o.id = b.order_id "
        "where b.run_id = ?::uuid and b.part = 'orders' and o.version <> b.version order by o.number",
        [run_id],
    )


def put_back(write: Writer, run_id: str, *, now: datetime, event: str, actor: str, reason: str) -> int:
    """Put the orders that a run changed back to what they were, except those in which something has happened since;
    how many. Each goes on with the next version, and tells of it in an event."""
    write.execute(
        "create or replace temp table before as select o.* from orders o join import_befores b "
        "on b.order_id = o.id and b.version = o.version where b.run_id = ?::uuid and b.part = 'orders'",
        [run_id],
    )
    count = int(write.value("select count(*) from before"))
    if count:
        _take_out(write, run_id)
        for part in _PARTS:
            _insert(write, part, run_id, now)
        _derive(write)
        tell_changed(write, now=now, event=event, actor=actor, cause=run_id, reason=reason)
    write.execute("delete from import_befores where run_id = ?::uuid", [run_id])
    write.execute("drop table before")
    return count


def _take_out(write: Writer, run_id: str) -> None:
    stale.mark(write, "true", table="before")
    for part, key in _PARTS.items():
        write.execute(f"delete from {part} where {key} in (select id from before)")
    for part in ("search_terms", "order_cards"):
        write.execute(f"delete from {part} where order_id in (select id from before)")
    write.execute(
        "delete from order_raws where import_run_id = ?::uuid and order_id in (select id from before)", [run_id]
    )


def _insert(write: Writer, part: str, run_id: str, now: datetime) -> None:
    columns = _columns(write, part)
    values = {
        name: f"from_json(r -> '{name}', '[\"VARCHAR\"]')" if kind.endswith("[]") else f"(r ->> '{name}')::{kind}"
        for name, kind in columns
    }
    if part == "orders":
        values |= {"version": "version + 1", "updated_at": "$now::timestamp"}
    write.execute(
        f"insert into {part} ({', '.join(values)}) select {', '.join(values.values())} from ("
        "select version, unnest(from_json(rows_json, '[\"JSON\"]')) as r from import_befores "
        f"where run_id = $run_id::uuid and part = '{part}' and order_id in (select id from before))",
        {"run_id": run_id} | ({"now": now} if part == "orders" else {}),
    )


def _derive(write: Writer) -> None:
    """Words and cards of the orders put back."""
    write.execute(
        "create or replace temp table returning_orders as "
        f"select id, (row_number() over (order by id) - 1) // {intake.WORDED} as slice from before"
    )
    word_heap.start(write)
    for slice_ in range(int(write.value("select max(slice) + 1 from returning_orders"))):
        word_heap.add(write, f"returning_orders where slice = {slice_:d}", is_stored=True)
        cards.write_cards(write, f"id in (select id from returning_orders where slice = {slice_:d}) order by id")
    word_heap.put_in(write)
    write.execute("drop table returning_orders")


def _columns(read: Reader, table: str) -> list[tuple[str, str]]:
    """(name, type) of each column of a table."""
    found = read.tuples(
        "select column_name, data_type from information_schema.columns "
        "where table_catalog = current_catalog() and table_name = ? order by ordinal_position",
        [table],
    )
    return [(str(name), str(kind)) for name, kind in found]
