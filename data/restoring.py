"""A backup back into a store that holds nothing yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from data.backup import Manifest, TableBackup
from data.errors import BackupRefused
from data.migrations import applied, available, lay_out, run
from data.proofs import Columns, columns_of, engine, proof, proof_of_file, quoted, tables_of
from data.store import Reader, Store, Writer

# Tables that a store has rows in before anything was done with it.
_OF_THE_START = ("migrations", "settings")

# What is put in at once: rows, and bytes. Parquet counts bytes of texts that are alike once, so that each cell counts
# besides.
MOST_ROWS, _BYTES, _CELL = 500_000, 32_000_000, 16


def restore(store: Store, folder: Path, manifest: Manifest, told: Callable[[], None] = lambda: None) -> None:
    """Put the tables of the backup in `folder` into `store`, all or nothing, and prove that each holds what was backed
    up; `manifest` is what `read_manifest` found there, `told` is called between two tables. The tables come out at the
    version of the backup: run `migrate` afterwards. Raises `BackupRefused` when the store holds anything, and when the
    backup is of a newer Comptoir."""
    with store.write() as write:
        make_tables(store, write, folder, manifest)
        columns = columns_of(write)
        for name, table in manifest.tables.items():
            at_once = rows_at_once(write, folder, name, table)
            for first in range(0, table.rows, at_once):
                put_in(write, folder, name, first, at_once)
            prove(write, folder, name, table, columns[name], manifest.engine)
            told()


def make_tables(store: Store, write: Writer, folder: Path, manifest: Manifest) -> None:
    """Empty tables as of the backup, in a store that holds nothing. Raises `BackupRefused`."""
    if manifest.schema > available()[-1][0]:
        raise BackupRefused(
            "The backup {folder} was made by a newer Comptoir. Restore it with that one.", folder=folder
        )
    if not is_unused(write):
        raise BackupRefused(
            "This store already holds a shop. A backup is only restored into a new store: give another one in "
            "COMPTOIR_STORE, or put this one aside first."
        )
    if applied(write) != manifest.schema:
        for name in tables_of(write):
            write.execute(f"drop table {name}")
        run(write, [migration for migration in available() if migration[0] <= manifest.schema])
        lay_out(store, write)
    for name in _OF_THE_START:
        write.execute(f"delete from {name}")
    if unknown := sorted(set(manifest.tables) - set(tables_of(write))):
        raise BackupRefused(
            "The backup {folder} has a table that this Comptoir does not know: {table}. Nothing was restored.",
            folder=folder,
            table=unknown[0],
        )


def rows_at_once(read: Reader, folder: Path, name: str, table: TableBackup) -> int:
    """How many rows of a table's file the engine's memory has room for in one statement."""
    file = quoted(folder / f"{name}.parquet")
    ((length, columns),) = read.tuples(
        f"select coalesce(sum(total_uncompressed_size), 0), count(distinct column_id) from parquet_metadata('{file}')"
    )
    return max(2048, min(MOST_ROWS, int(_BYTES / (length / max(table.rows, 1) + columns * _CELL + 1))))


def put_in(write: Writer, folder: Path, name: str, first: int, count: int) -> None:
    """Add so many rows of a table's file, from row `first` on."""
    file = quoted(folder / f"{name}.parquet")
    write.execute(
        f"insert into {name} by name select * exclude (file_row_number) "
        f"from read_parquet('{file}', file_row_number = true) "
        f"where file_row_number >= {first:d} and file_row_number < {first + count:d}"
    )


def prove(read: Reader, folder: Path, name: str, table: TableBackup, columns: Columns, made_by: str) -> None:
    """Raise `BackupRefused` unless a table holds what was backed up: rows, sums and content. Another version of the
    engine than wrote the manifest hashes in its own way, so that the file is read once more."""
    found = proof(read, name, columns)
    content = table.content
    if made_by != engine(read):
        content = proof_of_file(read, str(folder / f"{name}.parquet"), columns).content
    if (found.rows, found.content) != (table.rows, content) or found.sums != (table.sums or found.sums):
        raise BackupRefused(
            "The backup {folder} is damaged: {file} does not hold the rows it should. Nothing was restored.",
            folder=folder,
            file=f"{name}.parquet",
        )


def is_unused(read: Reader) -> bool:
    """Whether the store holds nothing but what a first start puts there."""
    return not any(read.value(f"select exists (from {name})") for name in tables_of(read) if name not in _OF_THE_START)
