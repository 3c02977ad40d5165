"""What a shared store's catalogue knows, asked of PostgreSQL itself: numbers that DuckLake would take ten round trips
for, and whose turn it is of what only one process should do.

Read only, but for what is ours there: `comptoir_turns`, a table beside DuckLake's, indexes of DuckLake's tables, and
the figures of tables without rows.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
from psycopg import sql

from data.sentences import engine_errors

Connection = psycopg.Connection[tuple[object, ...]]

# A turn that was not given back after so long was its holder's last.
LONGEST_TURN = timedelta(minutes=15)
# Of the time between two turns: what may be missing, for clocks do not strike to the millisecond.
EARLY = 0.1

# Seconds for which a server that did not answer is left alone: the next who ask are told at once.
PAUSE = 1.0

_TURNS = """
    create table if not exists comptoir_turns (
        name text primary key, holder text not null, taken_at timestamptz not null, until timestamptz
    )
"""
# What questions go by; without them PostgreSQL reads what it knows of all files for each of them.
_INDEXES = """
    create index if not exists comptoir_column_stats on ducklake_file_column_stats (table_id, column_id);
    create index if not exists comptoir_data_files on ducklake_data_file (table_id);
    create index if not exists comptoir_delete_files on ducklake_delete_file (table_id)
"""
_TAKE = """
    insert into comptoir_turns as t (name, holder, taken_at, until)
    values (%(name)s, %(holder)s, now(), now() + %(longest)s)
    on conflict (name) do update set holder = excluded.holder, taken_at = excluded.taken_at, until = excluded.until
    where t.taken_at <= now() - %(pause)s and (t.until is null or t.until < now())
    returning name
"""
# Rows that wait in the catalogue to be written to files, and that were deleted from files there: a table of PostgreSQL
# for each table and version of its columns. Its planner knows about how many rows there are without counting.
_WAITING = """
    select t.table_name, i.table_name from ducklake_inlined_data_tables i
    join ducklake_table t using (table_id) where t.end_snapshot is null
    union all
    select t.table_name, c.relname from ducklake_table t
    join pg_class c on c.relname = 'ducklake_inlined_delete_' || t.table_id where t.end_snapshot is null
"""
_FILES = """
    select t.table_name, count(*) from ducklake_data_file f join ducklake_table t using (table_id)
    where f.end_snapshot is null and t.end_snapshot is null and f.file_size_bytes < %s
    group by t.table_name having count(*) >= %s
"""
_DELETED = """
    select t.table_name from ducklake_data_file f join ducklake_table t using (table_id)
    join ducklake_delete_file d on d.data_file_id = f.data_file_id and d.end_snapshot is null
    where f.end_snapshot is null and t.end_snapshot is null
    group by t.table_name having sum(d.delete_count) >= %s and sum(d.delete_count) >= %s * sum(f.record_count)
"""
_PAST = """
    select exists (
        select from ducklake_snapshot
        where snapshot_time < %(before)s and snapshot_id < (select max(snapshot_id) from ducklake_snapshot)
    ) or exists (select from ducklake_files_scheduled_for_deletion where schedule_start < %(before)s)
"""
# Of a table that never had a row DuckLake keeps no figures, and asks anew for each column of each question: more than
# half of what it takes to read one order. Told that there are no rows it asks no more; the first row replaces that.
_UNTOLD = """
    select table_id, table_name from ducklake_table t
    where end_snapshot is null and not exists (select 1 from ducklake_table_stats s where s.table_id = t.table_id)
"""
_TELL_OF_EMPTY = f"""
    with untold as ({_UNTOLD}),
    of_tables as (
        insert into ducklake_table_stats (table_id, record_count, next_row_id, file_size_bytes)
        select table_id, 0, 0, 0 from untold
    ),
    of_columns as (
        insert into ducklake_table_column_stats (table_id, column_id, contains_null)
        select table_id, column_id, false from ducklake_column c join untold using (table_id)
        where c.end_snapshot is null and c.parent_column is null
    )
    select table_name from untold order by table_name
"""


class Catalogue:
    """On one connection that is kept, and made again when it was cut. Any thread may ask; each waits for the one
    before. Raises `StoreUnreachable`."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._con: Connection | None = None
        self._asking = threading.Lock()
        self._quiet_until = 0.0

    def newest_snapshot(self) -> int:
        """The number of the newest commit of any process."""
        return int(str(self._asked("select coalesce(max(snapshot_id), 0) from ducklake_snapshot")[0][0]))

    def index(self) -> None:
        """Make the indexes that DuckLake makes use of where there are any, and makes none itself."""
        if self._asked("select to_regclass('comptoir_delete_files')")[0][0] is None:
            self._make(_INDEXES)

    def has_untold(self) -> bool:
        """Whether there are tables that nothing was ever put in and of which the catalogue does not say so."""
        return bool(self._asked(f"select exists ({_UNTOLD})")[0][0])

    def tell_of_empty(self) -> list[str]:
        """Say so of them; their names. Only for who holds the lock of writers."""
        return [str(row[0]) for row in self._asked(_TELL_OF_EMPTY)]

    def waiting(self) -> dict[str, int]:
        """How many rows wait in the catalogue to be written to files, by table."""
        found: dict[str, int] = {}
        for table, place in self._asked(_WAITING):
            count = sql.SQL("select count(*) from {}").format(sql.Identifier(str(place)))
            found[str(table)] = found.get(str(table), 0) + int(str(self._asked(count)[0][0]))
        return found

    def scattered(self, smaller_than: int, files: int) -> list[str]:
        """Tables with at least so many files of fewer bytes."""
        return [str(row[0]) for row in self._asked(_FILES, (smaller_than, files))]

    def worn(self, rows: int, share: float) -> list[str]:
        """Tables of whose rows in files so many, and such a share, were deleted or changed since."""
        return [str(row[0]) for row in self._asked(_DELETED, (rows, share))]

    def has_past(self, before: datetime) -> bool:
        """Whether there are snapshots, or files that only snapshots let go have read, from before a moment in UTC."""
        return bool(self._asked(_PAST, {"before": before.replace(tzinfo=UTC)})[0][0])

    def size(self) -> int:
        """Bytes of the database that holds the catalogue."""
        return int(str(self._asked("select pg_database_size(current_database())")[0][0]))

    def take(self, name: str, holder: str, every: float) -> bool:
        """Whether it is the holder's turn: nobody is at it, and the last one began about `every` seconds ago."""
        values = {
            "name": name,
            "holder": holder,
            "longest": LONGEST_TURN,
            "pause": timedelta(seconds=every * (1 - EARLY)),
        }
        try:
            return bool(self._asked(_TAKE, values))
        except psycopg.errors.UndefinedTable:
            self._make(_TURNS)
            return bool(self._asked(_TAKE, values))

    def give_back(self, name: str, holder: str) -> None:
        """The turn is over."""
        words = "update comptoir_turns set until = null where name = %s and holder = %s returning name"
        self._asked(words, (name, holder))

    def close(self) -> None:
        """Hang up."""
        with self._asking:
            if self._con is not None:
                self._con.close()
                self._con = None

    def _make(self, statements: str) -> None:
        try:
            self._asked(statements)
        except psycopg.errors.UniqueViolation:  # two processes made it at once, and the other was faster
            return

    def _asked(self, question: object, values: object = None) -> list[tuple[object, ...]]:
        with self._asking, _ours():
            if self._con is not None and not self._con.closed:
                try:
                    return _rows(self._con, question, values)
                except psycopg.OperationalError:  # cut meanwhile: once more on a new one
                    self._con.close()
            return _rows(self._connected(), question, values)

    def _connected(self) -> Connection:
        if time.monotonic() < self._quiet_until:  # those who waited behind the one that was not answered
            raise psycopg.OperationalError("it did not answer a moment ago")
        try:
            self._con = psycopg.connect(self._words, autocommit=True)
        except psycopg.OperationalError:
            self._quiet_until = time.monotonic() + PAUSE
            raise
        return self._con


def _rows(con: Connection, question: object, values: object) -> list[tuple[object, ...]]:
    answer = con.execute(question, values)  # type: ignore[call-overload]
    return answer.fetchall() if answer.description else []


@contextmanager
def _ours() -> Iterator[None]:
    """Errors of PostgreSQL become ours, but for those that tell us what to make first."""
    try:
        yield
    except (psycopg.errors.UndefinedTable, psycopg.errors.UniqueViolation):
        raise
    except psycopg.Error:
        with engine_errors():
            raise
