"""Where an order store lives, and how a connection to it is made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.errors import StoreBusy, StoreDamaged, StoreError, StoreUnreachable

DUCKLAKE = "ducklake:postgres:"
MOTHERDUCK = "md:"
CATALOGUE = "shop"


@dataclass(frozen=True)
class Home:
    """A store's address: the words of `COMPTOIR_STORE`, and the folder for a DuckLake's Parquet."""

    address: str
    files: str

    @property
    def is_embedded(self) -> bool:
        return not self.address.startswith((DUCKLAKE, MOTHERDUCK))

    @property
    def postgres(self) -> str:
        """The libpq words of a DuckLake's catalogue, empty elsewhere."""
        return self.address.removeprefix(DUCKLAKE) if self.address.startswith(DUCKLAKE) else ""

    @property
    def name(self) -> str:
        """What `/healthz` and screens call the store; never holds a password."""
        return re.sub(r"password=('[^']*'|\S+)", "password=…", self.address)


def connect(home: Home, memory_limit: str, threads: int) -> duckdb.DuckDBPyConnection:
    """A connection to `home` with its catalogue in use. Raises `StoreError` with a sentence."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "threads": threads,
        "preserve_insertion_order": True,
    }
    if home.is_embedded:
        return _open_file(Path(home.address), config)
    return _attach(home, config)


def _open_file(path: Path, config: dict[str, str | bool | int | float | list[str]]) -> duckdb.DuckDBPyConnection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), config={**config, "temp_directory": f"{path}.tmp"})
    except OSError as error:
        raise StoreError(f"The folder of the store {path} cannot be used: {error.strerror}.") from error
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise StoreBusy(
                f"The store {path} is in use by another process. Stop that one first, or ask it over its HTTP API."
            ) from error
        raise StoreDamaged(f"The store {path} cannot be opened: it is not a store that this version reads.") from error
    except duckdb.Error as error:
        raise StoreDamaged(f"The store {path} cannot be opened: {_first_line(error)}") from error


def _attach(home: Home, config: dict[str, str | bool | int | float | list[str]]) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(":memory:", config=config)
    try:
        if home.postgres:
            load_extensions(con, "postgres_scanner", "ducklake")
            address, files = home.address.replace("'", "''"), home.files.replace("'", "''")
            con.execute(f"attach '{address}' as {CATALOGUE} (data_path '{files}', data_inlining_row_limit 1000)")
        else:
            con.execute(f"attach '{home.address}' as {CATALOGUE}")
        con.execute(f"use {CATALOGUE}")
    except duckdb.Error as error:
        con.close()
        raise StoreUnreachable(f"The store {home.name} cannot be reached: {_first_line(error)}") from error
    return con


def load_extensions(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Load extensions from their Python packages, so that nothing is downloaded at run time."""
    from duckdb_extensions import import_extension

    for name in names:
        import_extension(name, con=con)


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]
