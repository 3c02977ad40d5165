"""A backup into a new store in portions, each a transaction, so that what was killed goes on where it was.

While it lasts the store has a table `moving`: what it is made from, and how many rows of each table are there. Until
that is gone no Comptoir opens the store (`data.migrations`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from data.backup import MANIFEST, Manifest, hash_of
from data.errors import BackupRefused
from data.migrations import is_moving
from data.proofs import columns_of, tables_of
from data.restoring import is_unused, make_tables, prove, put_in, rows_at_once
from data.store import Reader, Store, Writer

# How much one transaction takes over: a table that is put in at once, a part of one, or several small ones.
PORTION = 1.0

# (table, its first row, how many)
Part = tuple[str, int, int]


def begin(store: Store, folder: Path, manifest: Manifest) -> None:
    """Make a store ready to take the backup in `folder`; one that was left half full from the same backup stays as it
    is, one that was left from another begins anew. Raises `BackupRefused` for a store that holds a shop."""
    made_from = hash_of(folder / MANIFEST)
    with store.write() as write:
        if is_moving(write):
            if write.value("select max(made_from) from moving") == made_from:
                return
            for name in (*tables_of(write), "moving"):
                write.execute(f"drop table {name}")
        elif not is_unused(write):
            raise BackupRefused("{store} already holds a shop. A move goes into a new store.", store=store.home.name)
        make_tables(store, write, folder, manifest)
        write.execute("create table moving (name varchar, rows bigint, made_from varchar)")
        write.insert("moving", [{"name": name, "rows": 0, "made_from": made_from} for name in manifest.tables])


def go_on(store: Store, folder: Path, manifest: Manifest, told: Callable[[int], None]) -> None:
    """Take over what is not there yet; `told` hears after each portion how many rows are."""
    with store.read() as read:
        done = _done(read)
        at_once = {name: rows_at_once(read, folder, name, table) for name, table in manifest.tables.items()}
    for portion in _portions(manifest, done, at_once):
        with store.write() as write:
            for name, first, count in portion:
                put_in(write, folder, name, first, count)
                write.execute("update moving set rows = ? where name = ?", [first + count, name])
                done[name] = first + count
        told(sum(done.values()))


def finish(store: Store, folder: Path, manifest: Manifest) -> None:
    """Prove every table, and let the store be opened. Raises `BackupRefused` when one is not what was backed up."""
    with store.write() as write:
        for name, columns in columns_of(write).items():
            prove(write, folder, name, manifest.tables[name], columns, manifest.engine)
        write.execute("drop table moving")


def start_anew(store: Store) -> None:
    """Let the next `begin` begin anew: what is there is not what was to come."""
    with store.write() as write:
        write.execute("update moving set made_from = ''")


def _done(read: Reader | Writer) -> dict[str, int]:
    return {name: int(rows) for name, rows in read.tuples("select name, rows from moving")}


def _portions(manifest: Manifest, done: Mapping[str, int], at_once: Mapping[str, int]) -> Iterator[list[Part]]:
    """What is left, in portions of about the same size: small tables together, large ones in parts."""
    portion: list[Part] = []
    room = PORTION
    for name, table in manifest.tables.items():
        first = done[name]
        while first < table.rows:
            count = min(max(1, int(room * at_once[name])), table.rows - first)
            portion.append((name, first, count))
            first, room = first + count, room - count / at_once[name]
            if room <= 0 or room * at_once[name] < 1:
                yield portion
                portion, room = [], PORTION
    if portion:
        yield portion
