"""Runs of imports: what came in, what was said about it, and what a run may be undone by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import pyarrow as pa

from data import cards
from data.doors import Reader, Row, Writer

_RUN = (
    "id, started_at, finished_at, undone_at, state, actor, file_name, file_hash, format, source, mapping_json, "
    "row_count, order_count, new_count, changed_count, same_count, rejected_count, warning_count"
)
_FINDING = pa.schema(
    [
        ("run_id", pa.string()), ("severity", pa.string()), ("row_number", pa.int64()), ("column_name", pa.string()),
        ("value", pa.string()), ("reason", pa.string()), ("order_number", pa.string()), ("order_id", pa.string()),
        ("raw", pa.string()),
    ]
)  # fmt: skip


def start(write: Writer, run: Row) -> None:
    """Note that a run has begun; counts are zero until it ends."""
    counts = dict.fromkeys(
        ("row_count", "order_count", "new_count", "changed_count", "same_count", "rejected_count", "warning_count"), 0
    )
    write.insert("import_runs", [{"finished_at": None, "undone_at": None, **run, **counts}])


def finish(write: Writer, run_id: str, state: str, now: datetime, counts: Row | None = None) -> None:
    """Note how a run ended."""
    values = {"state": state, "finished_at": now, **(counts or {})}
    marks = ", ".join(f"{name} = ${name}" for name in values)
    write.execute(f"update import_runs set {marks} where id = $run_id::uuid", {**values, "run_id": run_id})


def add_findings(write: Writer, run_id: str, findings: Sequence[Row]) -> None:
    """Keep what was said about rows. Keys as the columns of `import_findings`, without the run."""
    if not findings:
        return
    columns = [[row.get(name) for row in findings] for name in _FINDING.names if name != "run_id"]
    table = pa.Table.from_arrays(
        [pa.array([run_id] * len(findings), pa.string())]
        + [pa.array(values, field.type) for values, field in zip(columns, list(_FINDING)[1:], strict=True)],
        schema=_FINDING,
    )
    with write.shown("findings_given", table):
        write.execute(
            "insert into import_findings (run_id, severity, row_number, column_name, value, reason, order_number, "
            "order_id, raw) select run_id::uuid, severity, row_number, column_name, value, reason, order_number, "
            "order_id::uuid, raw from findings_given"
        )


def one(read: Reader, run_id: str) -> Row | None:
    """A run by its id."""
    return read.one(f"select {_RUN} from import_runs where id = try_cast(? as uuid)", [run_id])


def every(read: Reader, limit: int = 50) -> list[Row]:
    """The newest runs first."""
    return read.rows(f"select {_RUN} from import_runs order by started_at desc, id desc limit ?", [limit])


def in_state(read: Reader, state: str) -> list[Row]:
    """Runs in one state."""
    return read.rows(f"select {_RUN} from import_runs where state = ?", [state])


def findings(read: Reader, run_id: str, severity: str | None = None, limit: int = 1000) -> list[Row]:
    """What was said about the rows of a run, rejected ones first."""
    return read.rows(
        "select severity, row_number, column_name, value, reason, order_number, order_id from import_findings "
        "where run_id = $run_id::uuid and ($severity is null or severity = $severity) "
        "order by severity, row_number nulls first limit $limit",
        {"run_id": run_id, "severity": severity, "limit": limit},
    )


def rejected_raws(read: Reader, run_id: str, size: int = 500) -> Iterator[Row]:
    """The rejected records of a run with their reasons, in the order of the file, a page at a time."""
    start_at = 0
    while page := read.rows(
        "select row_number, reason, column_name, raw from import_findings where run_id = ?::uuid "
        "and severity = 'rejected' and raw <> '' order by row_number, raw limit ? offset ?",
        [run_id, size, start_at],
    ):
        yield from page
        start_at += size


def order_ids(read: Reader, run_id: str, limit: int = 200) -> list[Row]:
    """Orders that a run brought: id and number, newest first."""
    return read.rows(
        "select id, number from orders where import_run_id = ?::uuid order by placed_at desc limit ?", [run_id, limit]
    )


def sources(read: Reader, prefix: str) -> list[str]:
    """Sources of the store's orders that begin with `prefix`."""
    found = read.rows("select distinct source from orders where starts_with(source, ?) order by source", [prefix])
    return [row["source"] for row in found]


def ids_by_number(read: Reader, source: str, numbers: Sequence[str]) -> dict[str, list[str]]:
    """number -> source ids of the source's orders that bear it."""
    found: dict[str, list[str]] = {}
    for row in read.rows(
        "select number, source_id from orders where source = $source and number in (select unnest($numbers))",
        {"source": source, "numbers": list(numbers)},
    ):
        found.setdefault(row["number"], []).append(row["source_id"])
    return found


def has_source(read: Reader, source: str) -> bool:
    """Whether the store has an order of this source."""
    return read.one("select 1 as one from orders where source = ? limit 1", [source]) is not None


def adopt(write: Writer, source: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Give orders that were known by another id (first of a pair) the id of the source (second)."""
    for known, given in pairs:
        write.execute("update orders set source_id = ? where source = ? and source_id = ?", [given, source, known])
    if pairs:
        ids = {"source": source, "given": [given for _, given in pairs]}
        cards.renew(write, "source = $source and source_id in (select unnest($given))", ids)


def mapping(read: Reader, header_hash: str) -> Row | None:
    """The remembered mapping of a header."""
    return read.one("select name, mapping_json, updated_at from import_mappings where header_hash = ?", [header_hash])


def remember(write: Writer, header_hash: str, name: str, mapping_json: str, now: datetime) -> None:
    """Remember a mapping for the next file with this header."""
    write.execute("delete from import_mappings where header_hash = ?", [header_hash])
    write.insert(
        "import_mappings",
        [{"header_hash": header_hash, "name": name, "mapping_json": mapping_json, "updated_at": now}],
    )


def untouched(read: Reader, run_id: str) -> list[str]:
    """Ids of orders that a run brought and that nothing has happened to since."""
    return [row["id"] for row in read.rows(f"select id from ({_BROUGHT}) where not is_touched", [run_id])]


def touched(read: Reader, run_id: str) -> list[Row]:
    """id and number of orders that a run brought and that something has happened to since."""
    return read.rows(f"select id, number from ({_BROUGHT}) where is_touched order by number", [run_id])


def mark_undone(write: Writer, run_id: str, now: datetime) -> None:
    """Note that a run was undone."""
    write.execute("update import_runs set undone_at = ? where id = ?::uuid", [now, run_id])


# orders of a run: touched when the store has an event of them besides their import, or a message
_BROUGHT = """
    select o.id, o.number,
        o.version > 1
        or exists (select 1 from order_events e where e.order_id = o.id and e.kind <> 'imported')
        or exists (select 1 from messages m where m.order_id = o.id) as is_touched
    from orders o where o.import_run_id = ?::uuid
"""
