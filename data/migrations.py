"""Bringing a store to this version's tables: numbered SQL files, each run once, in order."""

from __future__ import annotations

import logging
import tempfile
from datetime import datetime
from pathlib import Path

from data.backup import write_backup
from data.errors import QueryRefused, StoreError, StoreTooNew
from data.ids import new_id
from data.store import Reader, Store, Writer

log = logging.getLogger("comptoir.store")

FOLDER = Path(__file__).parent / "schema"

# What the engine says at the commit of a transaction that has changed rows of a table and then its columns. Two
# upgrades of one table, each fine by itself, come to that when they are made up for together; then they run one by one.
_ALTERED = "has altered this table"


def available() -> list[tuple[int, str, str]]:
    """Number, name and SQL of every migration, in order."""
    files = sorted(FOLDER.glob("[0-9]*.sql"))
    return [(int(file.name[:4]), file.stem, file.read_text(encoding="utf-8")) for file in files]


def applied(read: Reader) -> int:
    """Number of the newest migration in the store; 0 for a new one."""
    is_there = read.value(
        "select count(*) from information_schema.tables "
        "where table_catalog = current_catalog() and table_name = 'migrations'"
    )
    return int(read.value("select coalesce(max(number), 0) from migrations")) if is_there else 0


def is_moving(read: Reader) -> bool:
    """Whether a move into this store is not over: see `data.moving`."""
    found = "table_catalog = current_catalog() and table_schema = 'main' and table_name = 'moving'"
    return bool(read.value(f"select count(*) from information_schema.tables where {found}"))


def refuse_half_moved(read: Reader) -> None:
    """Raises `StoreError` for a store into which a move was broken off: it holds a part of a shop."""
    if is_moving(read):
        raise StoreError(
            "A move into this store was broken off: it holds a part of the shop only. Run the same move again, or "
            "start with the old store."
        )


def migrate(store: Store, now: datetime) -> list[str]:
    """Run what is missing; the names that ran. A store with tables is copied first: see `keep_copy`. All of it or
    nothing: a migration that fails leaves the store as it was; where the engine cannot run all in one transaction, as
    the one before it has left it. Processes that start at once take turns, and the later ones find nothing to do.
    Raises `StoreTooNew` for a store of a newer Comptoir."""
    with store.read() as read:
        refuse_half_moved(read)
        have = applied(read)
    if not _missing(have):
        return []
    if have:
        log.warning("Before its tables are changed, the store was copied to %s", keep_copy(store, have, now))
    try:
        return _take(store, have, now, len(available()))
    except QueryRefused as error:
        if _ALTERED not in str(error):
            raise
    done = []
    while taken := _take(store, have, now, 1):
        done += taken
    return done


def _take(store: Store, have: int, now: datetime, most: int) -> list[str]:
    """Run the next missing migrations in one transaction, so many at most; the names that ran."""
    with store.write() as write:
        missing = _missing(applied(write))[:most]
        if missing:
            run(write, missing)
            if have == 0:
                lay_out(store, write)
            rows = [{"number": number, "name": name, "applied_at": now} for number, name, _ in missing]
            write.insert("migrations", rows)
    return [name for _, name, _ in missing]


def run(write: Writer, migrations: list[tuple[int, str, str]]) -> None:
    """Run migrations without noting them; the first makes the table in which they are noted."""
    for number, _, sql in migrations:
        if number == 1:
            write.execute("create table migrations (number integer, name varchar, applied_at timestamp)")
        for statement in statements(sql):
            write.execute(statement)


def lay_out(store: Store, write: Writer) -> None:
    """Of a shared store's new tables: what is written to files, later and in one go, is put in the order in which it is
    looked for."""
    if store.home.postgres:
        write.execute("alter table search_terms set sorted by (term asc)")
        write.execute("alter table orders set sorted by (placed_at asc)")


def keep_copy(store: Store, have: int, now: datetime) -> Path:
    """A copy of the store as it is: the file beside the file, or on a shared store a backup among its files."""
    # processes that start at once each make their own
    name = f"before-{have + 1:04d}-{now:%Y%m%d-%H%M%S}-{new_id()[-6:]}"
    if store.home.is_embedded:
        return store.copy_file(name)
    folder = Path(store.home.files if "://" not in store.home.files else tempfile.gettempdir()) / "backups" / name
    with store.read() as read:
        write_backup(read, folder, now)
    return folder


def check_tables(read: Reader) -> None:
    """For a program that runs while another one is upgraded: raises `StoreTooNew` when a newer Comptoir has changed the
    tables since. What it would write may be wrong there; what it reads is what it always read."""
    if applied(read) > available()[-1][0]:
        raise StoreTooNew(
            "This shop was upgraded to a newer Comptoir while this one was running. Nothing was changed; start the "
            "newer program here as well."
        )


def _missing(have: int) -> list[tuple[int, str, str]]:
    known = available()
    if have > known[-1][0]:
        raise StoreTooNew(
            "This store was made by a newer Comptoir: its tables are version {have}, this program knows {known}. "
            "Start the newer program, or restore a backup made before.",
            have=have,
            known=known[-1][0],
        )
    return [migration for migration in known if migration[0] > have]


def statements(sql: str) -> list[str]:
    """The statements of a migration: comment lines out, split where a line ends with a semicolon."""
    lines = [line for line in sql.splitlines() if not line.lstrip().startswith("--")]
    parts = "\n".join([*lines, ""]).split(";\n")
    return [part.strip() for part in parts if part.strip()]
