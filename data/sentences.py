"""The engine's errors as ours, in one place: no error of duckdb or psycopg leaves `data/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import psycopg

from data.errors import (
    QueryRefused,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreTooSmall,
    StoreUnreachable,
)

FULL = "The disk is full. Nothing was changed; make room and try again."
UNREACHABLE = "The store's PostgreSQL does not answer. Nothing was changed; try again when it is back."
FILES_AWAY = "The place of the store's files does not answer. Nothing was changed; try again when it is back."
FILES_SHUT = "The place of the store's files refuses us: see that the bucket's key is right and may read and write."
FILES_READ_ONLY = "The store's files cannot be written: their folder is read-only or not ours. Nothing was changed."
TOO_SMALL = "The store needs more memory for this than the setting COMPTOIR_MEMORY allows. Nothing was changed."
CONFLICT = "Somebody else changed the same at this moment. Nothing was changed; try again."
DAMAGED = "The store cannot be read any more: {first}"
REFUSED = "The store refused a question: {first}"

# What the engine says -> the kind of our error. The first that is found counts.
_SIGNS: tuple[tuple[str, type[StoreError], str], ...] = (
    (r"No space left|File too large|Disk quota exceeded|not enough space|max_temp_directory_size", StoreFull, FULL),
    (
        r"[Uu]nable to connect to Postgres|[Ff]ailed to connect|connection to server|server closed the connection"
        r"|terminating connection|no connection to the server|connection has been closed|Connection refused"
        r"|could not receive data|could not send data|connection not open|connection pointer is NULL"
        r"|Failed to (execute|prepare|fetch|copy)",
        StoreUnreachable,
        UNREACHABLE,
    ),
    (r"(?i)HTTP 40[13]|authentication failure|AccessDenied|InvalidAccessKeyId", StoreUnreachable, FILES_SHUT),
    (r"for HTTP [A-Z]+ to|HTTP (Error|exception)", StoreUnreachable, FILES_AWAY),
    (r"Read-only file system|Permission denied|Failed to create directory", StoreReadOnly, FILES_READ_ONLY),
    (r"Corrupt|checksum|not a valid DuckDB", StoreDamaged, DAMAGED),
    (r"[Ww]rite-write conflict|[Tt]ransaction conflict|Conflict on|Failed to commit DuckLake", StoreBusy, CONFLICT),
)


def sentence(error: duckdb.Error) -> StoreError:
    """The engine's error as one of ours. The engine's own first line is told only where it holds no address."""
    words = str(error)
    for sign, kind, template in _SIGNS:
        if re.search(sign, words):
            return kind(template, first=first_line(words)) if "{first}" in template else kind(template)
    if isinstance(error, duckdb.OutOfMemoryException):
        return StoreTooSmall(TOO_SMALL)
    return QueryRefused(REFUSED, first=first_line(words))


def first_line(words: str) -> str:
    """The first line of what the engine says, without its kind before the colon."""
    line = words.splitlines()[0] if words else "no reason given"
    return re.sub(r"^[A-Z][A-Za-z-]*( [A-Z][A-Za-z-]*)* Error: ", "", line)


def breaks_the_engine(error: BaseException) -> bool:
    """Whether the connection must be made anew before the next question."""
    return isinstance(error, duckdb.FatalException | duckdb.InternalException) or "invalidated" in str(error)


@contextmanager
def engine_errors() -> Iterator[None]:
    """Turn the engine's errors into ours, with the original kept as their cause."""
    try:
        yield
    except duckdb.Error as error:
        raise sentence(error) from error
    except psycopg.Error as error:
        raise StoreUnreachable(UNREACHABLE) from error
