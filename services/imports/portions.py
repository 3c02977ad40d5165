"""What a reader finds, a portion at a time: orders as the staging place takes them, and what was said beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from services.imports.batches import Gathered, Stamp
from services.imports.finding import Finding
from services.imports.reading import Again, Context, LeftOut, Read, Refused, Sparse, Taken
from services.imports.result import PREVIEWED
from services.orders.draft import Draft

PORTION = 1_000  # orders
_LENGTH = 4_000_000  # characters of their records

# What was said, one thing after the other: warnings about an order that came in, or what is no order.
Said = tuple[Finding, ...] | Refused | LeftOut | Sparse | Again


@dataclass
class Told:
    """What a reader has told its context so far; `notes` since the portion before."""

    notes: list[Finding]
    unknown: set[str]
    rows: int
    bytes_read: int
    whole_minutes: bool


@dataclass
class Portion:
    """Some orders. `rows` are where each begins in its file, `drafts` the first of them whole, for a preview."""

    tables: dict[str, pa.Table]
    rows: list[int]
    said: list[Said]
    drafts: list[Draft] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of its orders."""
        return sum(table.nbytes for table in self.tables.values())


class Telling:
    """Carries what one context was told over to another, that of the whole run."""

    def __init__(self, context: Context) -> None:
        self._context, self._notes = context, 0

    def told(self) -> Told:
        """What there is to carry over since the last time."""
        context = self._context
        notes, self._notes = context.notes[self._notes :], len(context.notes)
        return Told(notes, set(context.unknown), context.rows, context.bytes_read, context.whole_minutes)


def take_over(context: Context, told: Told) -> None:
    """Tell a context what another one was told: what both know already counts once."""
    context.notes.extend(note for note in told.notes if note not in context.notes)
    context.unknown |= told.unknown
    context.rows = max(context.rows, told.rows)
    context.bytes_read = max(context.bytes_read, told.bytes_read)
    context.whole_minutes = context.whole_minutes or told.whole_minutes


def portion(found: Iterable[Read], stamp: Stamp) -> Portion:
    """One portion of all that is found."""
    gathered = Gathered(stamp)
    rows: list[int] = []
    said: list[Said] = []
    drafts: list[Draft] = []
    for one in found:
        if not isinstance(one, Taken):
            said.append(one)
            continue
        gathered.add(one)
        rows.append(one.row)
        if one.findings:
            said.append(one.findings)
        if len(drafts) < PREVIEWED:
            drafts.append(one.draft)
    return Portion(gathered.tables(), rows, said, drafts)


def portions(found: Iterable[Read], stamp: Stamp, size: int = PORTION) -> Iterator[Portion]:
    """All that is found, so many at a time."""
    some: list[Read] = []
    length = 0
    for one in found:
        some.append(one)
        length += len(one.raw) if isinstance(one, Taken) else 0
        if len(some) >= size or length > _LENGTH:
            yield portion(some, stamp)
            some, length = [], 0
    if some:
        yield portion(some, stamp)


def joined(some: Sequence[Portion]) -> dict[str, pa.Table]:
    """The orders of several portions as one."""
    names = dict.fromkeys(name for one in some for name in one.tables)
    return {name: pa.concat_tables([one.tables[name] for one in some if name in one.tables]) for name in names}
