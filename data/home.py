"""Where an order store lives, and how a connection to it is made."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import duckdb
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from data.errors import StoreBusy, StoreDamaged, StoreError, StoreReadOnly, StoreTooNew, StoreUnreachable
from data.sentences import first_line

DUCKLAKE = "ducklake:postgres:"
MOTHERDUCK = "md:"
CATALOGUE = "shop"

# Rows of a file that the engine packs together: what it reads through for one order. Its own figure is four times that.
ROWS_IN_A_GROUP = 32_768
# What is written beside a file before the file itself is. A checkpoint writes every group of rows that was touched,
# 0.6 s after changes all over 100,000 orders; the engine's own 16 MB are two thousand mails. To read 40 MB again after
# a crash costs 0.3 s of the next start.
LOG_BEFORE_CHECKPOINT = "64MB"
LOG_IS_LONG = 48_000_000  # bytes from which on a commit may be the one that writes it into the file

# Packings that a file does without. Ids in packed bits are read ten times slower, and ids are what one order is looked
# up by; of texts that are packed letter by letter, two thousand are unpacked to read one.
NOT_PACKED = "bitpacking,fsst"

# The PostgreSQL advisory lock that all writers of one catalogue share ("comptoir" as a number).
WRITER_LOCK = 0x636F6D70746F6972

# How long PostgreSQL may be silent before its connection counts as cut, where `COMPTOIR_STORE` says nothing else: a
# network that lets nothing through sends no refusal, and the system itself would wait for a quarter of an hour.
PATIENCE = {
    "connect_timeout": "5",  # seconds
    "tcp_user_timeout": "15000",  # milliseconds until what was sent must have arrived
    "keepalives_idle": "10",  # seconds of silence, then a knock
    "keepalives_interval": "5",
    "keepalives_count": "3",
}

Config = dict[str, str | bool | int | float | list[str]]


@dataclass(frozen=True, slots=True)
class Bucket:
    """How to get at a bucket: the service's address (empty: Amazon's), and a key that may read, write and list."""

    endpoint: str
    region: str
    key_id: str
    secret_key: str = field(repr=False)
    session_token: str = field(repr=False)


# Extensions whose signature the engine has proved in this process. It does so at each loading, which is two thirds of
# the time that a shared store takes to open: one that is reached again after an outage need not wait for it twice.
_proved: set[str] = set()


@dataclass(frozen=True)
class Home:
    """A store's address: the words of `COMPTOIR_STORE`, the folder for a DuckLake's Parquet, and where that is s3://…
    how to get at it."""

    address: str
    files: str
    bucket: Bucket | None = None

    @property
    def is_embedded(self) -> bool:
        return not self.address.startswith((DUCKLAKE, MOTHERDUCK))

    @property
    def postgres(self) -> str:
        """The libpq words of a DuckLake's catalogue, with bounds for a network that swallows everything; empty
        elsewhere."""
        return _bounded(self.address.removeprefix(DUCKLAKE)) if self.address.startswith(DUCKLAKE) else ""

    @property
    def exists(self) -> bool:
        """Whether there is a file already; a shared store counts as there, whatever is in it."""
        return not self.is_embedded or Path(self.address).exists()

    @property
    def name(self) -> str:
        """What `/healthz` and screens call the store; never holds a password."""
        return without_password(self.address)


def connect(home: Home, memory_limit: str, threads: int) -> duckdb.DuckDBPyConnection:
    """A connection to `home` with its catalogue in use. Raises `StoreError` with a sentence."""
    config: Config = {
        "memory_limit": memory_limit,
        "threads": threads,
        # rows stay in the order of time in which they are written, so that row groups can be skipped
        "preserve_insertion_order": True,
        # nothing is downloaded at run time
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if home.is_embedded:
        return _open_file(Path(home.address), config)
    return _attach(home, config)


def _open_file(path: Path, config: Config) -> duckdb.DuckDBPyConnection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            "The folder of the store {path} cannot be used: {reason}.", path=path, reason=error.strerror
        ) from error
    own = {"temp_directory": f"{path}.tmp", "checkpoint_threshold": LOG_BEFORE_CHECKPOINT}
    con = duckdb.connect(":memory:", config={**config, **own})
    try:
        con.execute(f"set disabled_compression_methods = '{NOT_PACKED}'")
        con.execute(f"attach {_quoted(str(path))} as {CATALOGUE} (type duckdb, row_group_size {ROWS_IN_A_GROUP})")
        con.execute(f"use {CATALOGUE}")
    except duckdb.Error as error:
        con.close()
        raise file_sentence(path, error) from error
    return con


def file_sentence(path: Path, error: duckdb.Error) -> StoreError:
    """Why a file cannot be opened, from the engine's words."""
    words = str(error)
    if "lock" in words and "held" in words:
        if found := re.search(r"PID (\d+)", words):
            return StoreBusy(
                "The store {path} is in use by another process (number {pid}). Stop that one first, or ask it over "
                "its HTTP API.",
                path=path,
                pid=found[1],
            )
        return StoreBusy(
            "The store {path} is in use by another process. Stop that one first, or ask it over its HTTP API.",
            path=path,
        )
    if "database file with version number" in words or "newer version of DuckDB" in words:
        return StoreTooNew(
            "The store {path} was written by a newer version of the engine. Start the newer Comptoir, or restore a "
            "backup made before.",
            path=path,
        )
    if "not a valid DuckDB" in words:
        return StoreDamaged("The file {path} is not a store. Nothing in it was changed.", path=path)
    if "orrupt" in words or "checksum" in words:
        return StoreDamaged(
            "The store {path} is damaged and cannot be read. Restore the newest backup into a new file.", path=path
        )
    if "Permission denied" in words or "Read-only file system" in words:
        return StoreReadOnly(
            "The store {path} cannot be written: its folder is read-only or not ours. Nothing was changed.", path=path
        )
    if "already attached" in words:
        return StoreBusy("The store {path} is already open in this process.", path=path)
    return StoreDamaged("The store {path} cannot be opened: {first}", path=path, first=first_line(words))


def _attach(home: Home, config: Config) -> duckdb.DuckDBPyConnection:
    folder = Path(tempfile.gettempdir()) / f"comptoir-{os.getpid()}"
    extensions = {"postgres_scanner", "ducklake", *(["httpfs"] if "://" in home.files else [])}
    own: Config = {"temp_directory": str(folder), "allow_unsigned_extensions": extensions <= _proved}
    con = duckdb.connect(":memory:", config={**config, **own})
    try:
        if home.postgres:
            # files are written once and never changed, so what they say of themselves need not be read again
            con.execute("set parquet_metadata_cache = true")
            load_extensions(con, *sorted(extensions))
            _proved.update(extensions)
            con.execute("set allow_unsigned_extensions = false")
            if "://" in home.files:
                _unlock(con, home.bucket)
            with _alone_if_new(home):
                con.execute(
                    f"attach {_quoted(DUCKLAKE + home.postgres)} as {CATALOGUE} "
                    f"(data_path {_quoted(home.files)}, data_inlining_row_limit 1000)"
                )
        else:
            con.execute(f"attach {_quoted(home.address)} as {CATALOGUE}")
        con.execute(f"use {CATALOGUE}")
    except (duckdb.Error, psycopg.Error) as error:
        con.close()
        raise StoreUnreachable(
            "The store {name} cannot be reached: {first}",
            name=home.name,
            first=without_password(first_line(str(error))),
        ) from error
    except StoreError:
        con.close()
        raise
    return con


@contextmanager
def _alone_if_new(home: Home) -> Iterator[None]:
    """Two processes that start at once must not both make the catalogue."""
    with psycopg.connect(home.postgres, connect_timeout=5) as con:
        made = con.execute("select to_regclass('ducklake_metadata')").fetchone()
        if made is None or made[0] is None:
            con.execute("select pg_advisory_xact_lock(%s)", [WRITER_LOCK])
        else:
            con.rollback()
        yield


def _unlock(con: duckdb.DuckDBPyConnection, bucket: Bucket | None) -> None:
    """Let a connection at the bucket; what it is told goes with it."""
    if bucket is None or not bucket.key_id:
        raise StoreError(
            "A store whose files lie on a bucket takes a key: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )
    said = {"key_id": bucket.key_id, "secret": bucket.secret_key, "region": bucket.region or "us-east-1"}
    if bucket.session_token:
        said["session_token"] = bucket.session_token
    words = ", ".join(f"{name} {_quoted(value)}" for name, value in said.items())
    if bucket.endpoint:  # services that are not Amazon's, and tests: the bucket is a part of the path there
        is_open = bucket.endpoint.startswith("http://")
        host = bucket.endpoint.partition("://")[2].rstrip("/")
        words += f", endpoint {_quoted(host)}, use_ssl {not is_open}, url_style 'path'"
    con.execute(f"create secret files (type s3, scope 's3://', {words})")


def load_extensions(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Load extensions from where their Python packages lie: nothing is downloaded at run time, and nothing is copied to
    a home folder, which a service may not have."""
    version = (con.execute("pragma version").fetchone() or ("",))[0]
    for name in names:
        try:
            package = files(f"duckdb_extension_{name}")
        except ModuleNotFoundError as error:
            raise StoreError(
                "This store needs the Python package duckdb-extension-{name}, which is not installed.",
                name=name.replace("_", "-"),
            ) from error
        con.execute(f"load {_quoted(str(package / 'extensions' / version / f'{name}.duckdb_extension'))}")


def without_password(words: str) -> str:
    """Libpq words, or a text that quotes them, with the password left out."""
    return re.sub(r"password\s*=\s*('[^']*'|\S+)|(?<=:)[^:@/\s]+(?=@)", "password=…", words)


def _bounded(words: str) -> str:
    """Libpq words with `PATIENCE`; words that libpq does not take are left for it to say so."""
    try:
        given = conninfo_to_dict(words)
        return make_conninfo(words, **{name: value for name, value in PATIENCE.items() if name not in given})
    except psycopg.ProgrammingError:
        return words


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
