"""How large the store is."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import duckdb

from data.home import CATALOGUE
from data.store import Store

ENGINE = f"DuckDB {duckdb.__version__}"


def size(store: Store) -> int:
    """Bytes of an embedded store's file and its log; of a shared store's Parquet, without what PostgreSQL holds yet.
    0 where it cannot be told."""
    if store.home.is_embedded:
        return sum(_bytes(Path(f"{store.home.address}{suffix}")) for suffix in ("", ".wal"))
    if not store.home.postgres:
        return 0
    with store.read() as read:
        sums = "coalesce(sum(file_size_bytes), 0) + coalesce(sum(delete_file_size_bytes), 0)"
        return int(read.value(f"select {sums} from ducklake_table_info('{CATALOGUE}')"))


def _bytes(file: Path) -> int:
    with suppress(OSError):  # the log comes and goes
        return file.stat().st_size
    return 0
