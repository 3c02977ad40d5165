"""The chain over the log of events: each transaction seals the events that it wrote or took out.

A link is a SHA-256 over its events, each by a SHA-256 of all its columns, and over the link before it. So whoever
alters, takes out or slips in an event later must make anew every link from there to the head, and a head that somebody
noted elsewhere gives it away (docs/decisions/tamper-evident-log.md). `data/checks/log.py` looks for broken links.

Rows that go through `Writer.insert` are linked by `close` right before the commit; statements that put many events in
by SQL say so themselves with `link`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import pyarrow as pa

from data.doors import EVENTS, Reader, Writer

# Events of one link at most: what is hashed at once, some 100 bytes each.
LONGEST = 20_000

# Links whose events are told to us at once: 100 bytes for each event.
_SLICES_AT_ONCE = 8

# Rows that are put in as a list of values; more go in as a table.
_FEW = 20

_EPOCH, _MICROSECOND = datetime(1970, 1, 1), timedelta(microseconds=1)
_COLUMNS = (
    "id", "order_id", "happened_at", "kind", "actor", "before_json", "after_json", "made_json", "reason", "cause",
    "undoes",
)  # fmt: skip
_ROW = pa.schema(
    [
        ("number", pa.int64()), ("kind", pa.string()), ("event_id", pa.string()), ("digest", pa.binary()),
        ("hash", pa.binary()),
    ]
)  # fmt: skip


class LinkKind(StrEnum):
    """What a link says of its events."""

    WRITTEN = "written"
    REMOVED = "removed"  # with their orders, when an import was undone


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link: whoever notes it can prove later that nothing before it was altered. Number 0: no link yet."""

    number: int
    hash: bytes

    @property
    def text(self) -> str:
        """As it is shown and given back: `4711:9f86d0…`."""
        return f"{self.number}:{self.hash.hex()}"


START = Head(0, b"")


def head(read: Reader, least: int = 0) -> Head:
    """The newest link; `least` is the number of one that should be there: among a million they need not be looked
    through then."""
    number, hashed = read.tuples(
        "select max(number), arg_max(hash, number) from event_links where number >= ?", [least]
    )[0]
    if number is None:
        return head(read) if least else START
    return Head(number, hashed)


def holds(read: Reader, noted: Head) -> bool:
    """Whether a link that was noted before is still there as it was."""
    there = read.tuples("select distinct hash from event_links where number = ?", [noted.number])
    return there == ([(noted.hash,)] if noted != START else [])


def digest_sql(event: str) -> str:
    """SQL for the digest of an event; `event` is what its columns stand under. The same as `digest`."""
    told = [f"epoch_us({event}.{name})" if name == "happened_at" else f"{event}.{name}" for name in _COLUMNS]
    return f"unhex(sha256(json_array({', '.join(told)})::varchar))"


def digest(event: Mapping[str, Any]) -> bytes:
    """The digest of an event at hand: planning the SQL would cost more than all the rest of a small change."""
    told = [event.get(name) for name in _COLUMNS]
    told[2] = (event["happened_at"] - _EPOCH) // _MICROSECOND
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    if "\\u" in text:  # the engine writes control characters with capitals
        text = re.sub(r"\\(?:[^u]|u([0-9a-f]{4}))", lambda found: found[0][:2] + found[0][2:].upper(), text)
    return hashlib.sha256(text.encode()).digest()


def link_hash(before: bytes, number: int, kind: str, events: Iterable[tuple[str, bytes]]) -> bytes:
    """The hash of a link over (id, digest) of its events, in the order of their ids, and over the hash before it."""
    told = "".join(f"{event_id}{digest.hex()}" for event_id, digest in events)
    return hashlib.sha256(f"{_beginning(before, number, kind)}{told}".encode()).digest()


def _beginning(before: bytes, number: int, kind: str) -> str:
    """What is hashed of a link before its events."""
    return f"{before.hex()} {number} {kind} "


def close(write: Writer) -> None:
    """Link what the transaction has told through `Writer.insert`. For the store, right before the commit."""
    told, write.told = write.told, []
    if not told:
        return
    by_id = {str(event["id"]).lower(): digest(event) for event in told}
    sealed = sorted(by_id.items())
    at = Head(*write.linked) if write.is_linked_alone else head(write, write.linked[0])
    for start in range(0, len(sealed), LONGEST):
        at = _add(write, at, LinkKind.WRITTEN, sealed[start : start + LONGEST])
    write.linked = at.number, at.hash


def link(write: Writer, events: str, kind: LinkKind = LinkKind.WRITTEN) -> None:
    """Link many events at once: `events` is a relation with the columns of the log, typed as they are there."""
    close(write)
    write.execute(
        f"create or replace temp table sealed_events as select e.id::uuid as id, {digest_sql('e')} as digest "
        f"from {events} e"
    )
    # slices by the places of rows: to number the rows while they are made would keep the engine to one thread
    begun, count = write.tuples("select coalesce(min(rowid), 0), count(*) from sealed_events")[0]
    place = f"(rowid - {begun}) // {LONGEST}"
    at = first = head(write, write.linked[0])
    hashes = []
    for start in range(0, -(-count // LONGEST), _SLICES_AT_ONCE):
        told = write.tuples(
            "select string_agg(id::varchar || lower(hex(digest)), '' order by id) from sealed_events "
            f"where {place} between ? and ? group by {place} order by {place}",
            [start, start + _SLICES_AT_ONCE - 1],
        )
        for (text,) in told:
            before = _beginning(at.hash, at.number + 1, kind)
            at = Head(at.number + 1, hashlib.sha256(f"{before}{text}".encode()).digest())
            hashes.append(at.hash)
    if hashes:
        write.execute(
            "insert into event_links (number, kind, event_id, digest, hash) "
            f"select $first + 1 + {place}, $kind, id, digest, ($hashes::blob[])[{place} + 1] from sealed_events",
            {"first": first.number, "kind": kind.value, "hashes": hashes},
        )
    write.linked = at.number, at.hash
    write.execute("drop table sealed_events")


def is_begun(read: Reader) -> bool:
    """Whether the log has a first link, or no event that it could be about."""
    return bool(read.value(f"select exists (from event_links) or not exists (from {EVENTS})"))


def begin(write: Writer) -> None:
    """Give a store its first links, over all events that it has: one that was made before there were links."""
    if not is_begun(write):
        link(write, EVENTS)


def _add(write: Writer, at: Head, kind: LinkKind, sealed: Sequence[tuple[str, bytes]]) -> Head:
    """Put in one link over (id, digest) of events in the order of their ids; the head that it makes."""
    made = Head(at.number + 1, link_hash(at.hash, at.number + 1, kind, sealed))
    if len(sealed) <= _FEW:
        fixed = {"number": made.number, "kind": kind.value, "hash": made.hash}
        write.insert("event_links", [{**fixed, "event_id": one, "digest": told} for one, told in sealed])
        return made
    ids, digests = zip(*sealed, strict=True)
    columns = [[made.number] * len(ids), [kind.value] * len(ids), ids, digests, [made.hash] * len(ids)]
    with write.shown("fresh_links", pa.table(columns, schema=_ROW)):
        write.execute(
            "insert into event_links (number, kind, event_id, digest, hash) "
            "select number, kind, event_id::uuid, digest, hash from fresh_links"
        )
    return made
