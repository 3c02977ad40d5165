"""A backup back into a store that holds nothing yet."""

from __future__ import annotations

from pathlib import Path

from data.backup import Manifest, tables_of
from data.errors import BackupRefused
from data.migrations import applied, available, run
from data.store import Reader, Store, Writer

# Tables that a store has rows in before anything was done with it.
_OF_THE_START = ("migrations", "settings")


def restore(store: Store, folder: Path, manifest: Manifest) -> None:
    """Put the backup in `folder` into `store`, all of it or nothing; `manifest` is what `read_manifest` found there.
    The tables come out at the version of the backup: run `migrate` afterwards. Raises `BackupRefused` when the store
    holds anything, and when the backup is of a newer Comptoir."""
    if manifest.schema > available()[-1][0]:
        raise BackupRefused(
            "The backup {folder} was made by a newer Comptoir. Restore it with that one.", folder=folder
        )
    with store.write() as write:
        _refuse_if_used(write)
        _make_tables(write, manifest.schema)
        for name, table in manifest.tables.items():
            file = str(folder / f"{name}.parquet").replace("'", "''")
            write.execute(f"insert into {name} by name select * from read_parquet('{file}')")
            if write.value(f"select count(*) from {name}") != table.rows:
                raise BackupRefused(
                    "The backup {folder} is damaged: {file} does not hold the rows it should. Nothing was restored.",
                    folder=folder,
                    file=f"{name}.parquet",
                )


def is_unused(read: Reader) -> bool:
    """Whether the store holds nothing but what a first start puts there."""
    return not any(read.value(f"select exists (from {name})") for name in tables_of(read) if name not in _OF_THE_START)


def _refuse_if_used(write: Writer) -> None:
    if not is_unused(write):
        raise BackupRefused(
            "This store already holds a shop. A backup is only restored into a new store: give another one in "
            "COMPTOIR_STORE, or put this one aside first."
        )


def _make_tables(write: Writer, schema: int) -> None:
    """Empty tables as of migration `schema`."""
    if applied(write) != schema:
        for name in tables_of(write):
            write.execute(f"drop table {name}")
        run(write, [migration for migration in available() if migration[0] <= schema])
    for name in _OF_THE_START:
        write.execute(f"delete from {name}")
