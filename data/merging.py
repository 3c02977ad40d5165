"""A large run against the store: which of its orders are new, changed or the same, and all of it put in at once.

Works on the tables of `data/staging.py`: `staged_*`, `kept_columns`, and the `verdicts` made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from data import import_befores, intake, stale, word_heap
from data.changed_orders import tell_changed
from data.doors import Writer
from data.incoming import SCHEMAS


@dataclass(frozen=True)
class Applied:
    """What `apply` did. `left` are changed orders that were not touched: by wish, or because somebody changed them
    between `compare` and `apply` (these ids are in `moved`)."""

    new: int
    changed: int
    same: int
    left: int
    moved: tuple[str, ...]


_KEPT_TABLES = ("order_lines", "payments", "shipments", "order_notes")
_OUR_OWN = {"id", "source", "source_id", "version", "updated_at", "content_hash", "import_run_id"}

# What `keep` may name.
KEEPABLE = {*SCHEMAS["orders"].names, *_KEPT_TABLES} - _OUR_OWN

CHANGED = """
    select v.place, v.order_id, s.source, s.source_id, s.number, v.version, v.event_kinds
    from verdicts v join staged_orders s using (place) where v.verdict = 'changed'
"""


def compare(aside: Writer) -> None:
    """Make `verdicts`: one row per order of the run: of its source and source_id the newest by the source's own time,
    else the last staged."""
    aside.execute("""
        create or replace temp table verdicts as
        with lasts as (
            select arg_max(place, {'at': coalesce(source_updated_at, timestamp 'epoch'), 'place': place}) as place
            from staged_orders group by source, source_id
        ),
        staged as (
            select place, id, source, source_id, content_hash from staged_orders semi join lasts using (place)
        ),
        known as (
            select id, source, source_id, version, content_hash from orders semi join staged using (source, source_id)
        ),
        judged as (
            select staged.place, staged.id as staged_id, coalesce(known.id, staged.id) as order_id, known.version,
                case when known.id is null then 'new' when known.content_hash = staged.content_hash then 'same'
                    else 'changed' end as verdict
            from staged left join known using (source, source_id)
        ),
        told as (
            select e.order_id, list(e.kind order by e.happened_at, e.id) as event_kinds
            from order_events e
            semi join (from judged where verdict = 'changed') c on c.order_id = e.order_id
            group by e.order_id
        )
        select judged.*, coalesce(told.event_kinds, []) as event_kinds, false as is_left
        from judged left join told using (order_id)
        order by place
    """)


def apply(
    write: Writer,
    portions: Callable[[], Iterable[tuple[int, int]]],
    *,
    zone: str,
    now: datetime,
    event: str,
    actor: str,
    run_id: str | None,
) -> Applied:
    """See `Staging.apply`. `portions` gives the places, from and up to, of orders that go in together."""
    moved = _leave_moved(write)
    _gather_changed(write)
    if run_id:
        for places in portions():
            import_befores.keep(
                write, run_id, f"(from before where id in (select order_id from todo where {_at(places)}))"
            )
        import_befores.forget_old(write)
    _take_out_replaced(write)
    is_known = write.value("select 1 from before limit 1") is not None
    word_heap.start(write)
    for places in portions():
        _show_incoming(write, _at(places))
        intake.add_incoming(write, zone, lines="run_lines", money="run_money", is_known=is_known)
    word_heap.put_in(write)
    tell_changed(write, now=now, event=event, actor=actor, cause=run_id or "")
    counts = write.one("""
        select count(*) filter (verdict = 'new' and not is_left) as new,
            count(*) filter (verdict = 'changed' and not is_left) as changed,
            count(*) filter (verdict = 'same') as same, count(*) filter (is_left) as "left"
        from verdicts
    """)
    return Applied(**counts or {}, moved=tuple(moved))


def _at(places: tuple[int, int]) -> str:
    """SQL for rows at places from and up to."""
    return f"place >= {places[0]:d} and place < {places[1]:d}"


def _leave_moved(write: Writer) -> list[str]:
    """Orders that somebody changed, or took in, since they were compared are left as they are; their ids."""
    write.execute("""
        create or replace temp table moved as
        select v.place, coalesce(o.id, v.order_id) as order_id
        from verdicts v join staged_orders s using (place)
        left join orders o on o.source = s.source and o.source_id = s.source_id
        where not v.is_left and (
            (v.verdict = 'new' and o.id is not null)
            or (v.verdict = 'changed' and o.version is distinct from v.version)
        )
    """)
    write.execute("update verdicts set is_left = true where place in (select place from moved)")
    return [row["order_id"] for row in write.rows("select order_id from moved order by place")]


def _gather_changed(write: Writer) -> None:
    """`todo`: the orders to write. `before`: the changed ones as they are, with what is to be kept of them.
    `line_ids`: staged line -> the line of the store that it stands for."""
    write.execute("""
        create or replace temp table todo as
        select place, staged_id, order_id, verdict from verdicts where not is_left and verdict <> 'same'
    """)
    write.execute("""
        create or replace temp table before as
        with kept as (
            select t.order_id, list(distinct k.name) as names
            from todo t join kept_columns k on k.order_id is null or k.order_id = t.order_id
            where t.verdict = 'changed' group by t.order_id
        )
        select o.*, coalesce(kept.names, []) as kept
        from orders o join todo t on t.order_id = o.id and t.verdict = 'changed'
        left join kept on kept.order_id = o.id
    """)
    write.execute("""
        create or replace temp table line_ids as
        with staged as (
            select s.id, t.order_id, s.sku, s.name,
                row_number() over (partition by t.order_id, s.sku, s.name order by s.position) as nth
            from staged_order_lines s join todo t on t.staged_id = s.order_id and t.verdict = 'changed'
        ),
        known as (
            select l.id, l.order_id, l.sku, l.name,
                row_number() over (partition by l.order_id, l.sku, l.name order by l.position) as nth
            from order_lines l semi join before b on b.id = l.order_id
        ),
        sent_here as (
            select sl.line_id, sum(sl.quantity) as shipped, sum(sl.returned) as returned
            from shipment_lines sl
            join shipments s on s.id = sl.shipment_id and s.event_id is not null and s.voided_at is null
            semi join before b on b.id = sl.order_id
            group by sl.line_id
        )
        select staged.id as staged_id, known.id as line_id, coalesce(sent_here.shipped, 0) as shipped,
            coalesce(sent_here.returned, 0) as returned
        from staged join known using (order_id, sku, name, nth) left join sent_here on sent_here.line_id = known.id
    """)


def _show_incoming(write: Writer, places: str) -> None:
    """The relations that `intake.add_incoming` reads, from the staged tables, of the orders at some places."""
    kept = {row["name"] for row in write.rows("select distinct name from kept_columns")}
    columns = ", ".join(_order_column(name, name in kept) for name in SCHEMAS["orders"].names)
    write.execute(f"""
        create or replace temp view incoming_orders as
        select {columns} from (from staged_orders where {places}) s
        join (from todo where {places}) t using (place) left join before b on b.id = t.order_id
    """)
    for name in intake.CHILDREN:
        columns = ", ".join(_child_column(name, column) for column in SCHEMAS[name].names)
        kept_rows = f"and not (b.id is not null and list_contains(b.kept, '{_kept_with(name)}'))" if kept else ""
        events = "and t.verdict = 'new'" if name == "order_events" else ""
        lines = {
            "order_lines": "left join line_ids m on m.staged_id = s.id",
            "shipment_lines": "left join line_ids m on m.staged_id = s.line_id",
        }.get(name, "")
        write.execute(f"""
            create or replace temp view incoming_{name} as
            select {columns} from (from staged_{name} where {places}) s
            join (from todo where {places}) t on t.staged_id = s.order_id
            left join before b on b.id = t.order_id {lines}
            where true {kept_rows} {events}
        """)
    write.execute("""
        create or replace temp view run_lines as
        select order_id, position, name, kind, quantity from incoming_order_lines
        union all
        select l.order_id, l.position, l.name, l.kind, l.quantity
        from order_lines l semi join before b on b.id = l.order_id
    """)
    write.execute("""
        create or replace temp view run_money as
        select order_id, kind, amount from incoming_payments
        union all
        select p.order_id, p.kind, p.amount from payments p semi join before b on b.id = p.order_id
        where p.voided_at is null
    """)


def _take_out_replaced(write: Writer) -> None:
    """Take the changed orders out, with what an earlier import brought, except what is to be kept of it. A line that
    the run no longer has stays when a parcel made in Comptoir holds it."""
    changed = "order_id in (select id from before where not list_contains(kept, '{name}'))"
    for name in _KEPT_TABLES:
        made_there = " and event_id is null"
        if name == "order_lines":
            made_there = (
                " and (id in (select line_id from line_ids) or id not in (select sl.line_id from shipment_lines sl "
                "join shipments s on s.id = sl.shipment_id and s.event_id is not null and s.voided_at is null "
                "semi join before b on b.id = sl.order_id))"
            )
        if name == "shipments":
            write.execute(
                "delete from shipment_lines where shipment_id in "
                f"(select id from shipments where {changed.format(name=name)}{made_there})"
            )
        write.execute(f"delete from {name} where {changed.format(name=name)}{made_there}")
    for name in ("search_terms", "order_cards"):
        write.execute(f"delete from {name} where order_id in (select id from before)")
    stale.mark(write, "true", table="before")
    write.execute("delete from orders where id in (select id from before)")


def _order_column(name: str, is_kept: bool) -> str:
    match name:
        case "id":
            return "t.order_id as id"
        case "version":
            return "coalesce(b.version + 1, s.version)::integer as version"
        case "import_run_id":
            return "case when b.id is null then s.import_run_id else b.import_run_id end as import_run_id"
    if is_kept:
        return f"case when list_contains(b.kept, '{name}') then b.{name} else s.{name} end as {name}"
    return f"s.{name}"


def _child_column(table: str, name: str) -> str:
    if name == "order_id":
        return "t.order_id"
    if (table, name) == ("order_lines", "id"):
        return "coalesce(m.line_id, s.id) as id"
    if (table, name) == ("shipment_lines", "line_id"):
        return "coalesce(m.line_id, s.line_id) as line_id"
    if table == "order_lines" and name in ("shipped", "returned"):
        return f"least(s.quantity, s.{name} + coalesce(m.{name}, 0)) as {name}"
    return f"s.{name}"


def _kept_with(table: str) -> str:
    """The name in `keep` that also keeps the rows of `table`."""
    return "shipments" if table == "shipment_lines" else table
