"""Questions about a run in its staging place: what of it is older, what differs only where the file cannot tell."""

from __future__ import annotations

from collections.abc import Sequence

from data.doors import Reader, Row
from data.incoming import SCHEMAS

# Not what the order is, but how it is kept.
_ASIDE = {
    "id", "source", "source_id", "version", "updated_at", "source_updated_at", "source_status_json", "content_hash",
    "import_run_id",
}  # fmt: skip
_LISTS = {"tags", "coupons"}
_PARTS = {
    "order_lines": ("sku", "name", "kind", "quantity", "unit_price", "discount", "tax"),
    "payments": ("kind", "amount", "happened_at"),
    "shipments": ("carrier", "tracking_number", "happened_at"),
    "order_notes": ("text",),
}


def older(read: Reader) -> list[Row]:
    """Changed orders of which the store knows something newer: order_id, number."""
    return read.rows("""
        select v.order_id, s.number from verdicts v
        join staged_orders s using (place) join orders o on o.id = v.order_id
        where v.verdict = 'changed' and s.source_updated_at < o.source_updated_at
    """)


def newest_raws(read: Reader, source: str, ids: Sequence[str], numbers: Sequence[str]) -> list[Row]:
    """source_id, number, raw: the newest record of each order that bears one of these ids of the source, or numbers,
    and that is not staged."""
    return read.rows(
        """
        with wanted as (
            select id, source_id, number from orders
            where source = $source
                and (source_id in (select unnest($ids)) or number in (select unnest($numbers)))
                and source_id not in (select source_id from staged_orders where source = $source)
        )
        select w.source_id, w.number, arg_max(r.raw, (r.happened_at, r.import_run_id)) as raw
        from wanted w join order_raws r on r.order_id = w.id
        group by w.id, w.source_id, w.number
        """,
        {"source": source, "ids": [one for one in ids if one], "numbers": [one for one in numbers if one]},
    )


def staged_ids(read: Reader, source: str, numbers: Sequence[str]) -> list[str]:
    """Ids of this run's orders of a source that bear one of these numbers."""
    found = read.rows(
        "select v.order_id from verdicts v join staged_orders s using (place) "
        "where s.source = $source and s.number in (select unnest($numbers))",
        {"source": source, "numbers": list(numbers)},
    )
    return [row["order_id"] for row in found]


def counted(read: Reader) -> dict[str, int]:
    """How many orders of the run have each verdict, those that are left as they are apart (`left`)."""
    rows = read.rows(
        "select case when is_left then 'left' else verdict end as verdict, count(*) as orders from verdicts group by 1"
    )
    return {row["verdict"]: row["orders"] for row in rows}


def unchanged(read: Reader, places: tuple[int, int], *, whole_minutes: bool) -> list[str]:
    """Changed orders of a portion of the run whose every value is the kept one wherever the run is to have a say.
    With `whole_minutes` times count as equal when their minutes are."""
    conditions = [
        f"({_same(name, whole_minutes)} or list_contains(c.kept, '{name}'))"
        for name in SCHEMAS["orders"].names
        if name not in _ASIDE
    ]
    parts = [_part(table, columns, whole_minutes) for table, columns in _PARTS.items()]
    conditions += [
        f"(list_contains(c.kept, '{table}') or coalesce(new_{table}.content, []) = coalesce(old_{table}.content, []))"
        for table in _PARTS
    ]
    joins = "\n".join(
        f"left join new_{table} on new_{table}.order_id = c.staged_id "
        f"left join old_{table} on old_{table}.order_id = c.order_id"
        for table in _PARTS
    )
    question = f"""
        with every as (select coalesce(list(name), []) as names from kept_columns where order_id is null),
        own as (select order_id, list(name) as names from kept_columns where order_id is not null group by order_id),
        c as (
            select v.place, v.order_id, v.staged_id, list_concat(every.names, coalesce(own.names, [])) as kept
            from verdicts v cross join every left join own using (order_id)
            where v.verdict = 'changed' and not v.is_left and v.place >= $first and v.place < $end
        ),
        {", ".join(parts)}
        select c.order_id from c
        join (from staged_orders where place >= $first and place < $end) s on s.place = c.place
        join orders o on o.id = c.order_id
        {joins}
        where {" and ".join(conditions)}
    """
    found = read.rows(question, {"first": places[0], "end": places[1]})
    return [row["order_id"] for row in found]


def _same(name: str, whole_minutes: bool) -> str:
    if name in _LISTS:
        return f"list_sort(s.{name}) = list_sort(o.{name})"
    if name == "placed_at" and whole_minutes:
        return f"date_trunc('minute', s.{name}) = date_trunc('minute', o.{name})"
    return f"s.{name} is not distinct from o.{name}"


def _part(table: str, columns: Sequence[str], whole_minutes: bool) -> str:
    """CTEs with the content of a child table per order, staged and kept, in one order of its own."""
    values = ", ".join(
        f"'{name}': date_trunc('minute', {name})" if name == "happened_at" and whole_minutes else f"'{name}': {name}"
        for name in columns
    )
    ours = "and event_id is null and voided_at is null" if table != "order_lines" else ""
    return f"""
        new_{table} as (
            select order_id, list_sort(list({{{values}}})) as content from staged_{table}
            where order_id in (select staged_id from c) group by order_id
        ),
        old_{table} as (
            select order_id, list_sort(list({{{values}}})) as content from {table}
            where order_id in (select order_id from c) {ours} group by order_id
        )
    """
