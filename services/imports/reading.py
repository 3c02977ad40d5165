"""What every reader is given, and what it gives: orders, refusals and what was left out, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from services.imports.finding import Finding, Reject, Severity
from services.orders.draft import Draft


@dataclass(frozen=True, slots=True)
class Taken:
    """An order that was read whole. `row` is where it begins, `raw` the source's own record as JSON; `aside` is what
    else the source says of it, for its timeline."""

    draft: Draft
    row: int
    raw: str
    findings: tuple[Finding, ...] = ()
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An order that stays out, with the reasons. `name` is its number where it has one."""

    findings: tuple[Finding, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sparse:
    """Part of an order (an answer to a query for some fields): it makes no order, and may change one."""

    row: int
    number: str
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that is no order (a cart, a draft, a blank row), with what it is."""

    row: int
    what: str


@dataclass(frozen=True, slots=True)
class Again:
    """What was said before about the order of this name does not count: it comes once more, whole."""

    name: str


Read = Taken | Refused | Sparse | LeftOut | Again


@dataclass
class Context:
    """What a reader may know: the order's source, the shop's own currency and zone, and where it says what concerns
    the whole file. `unknown` gathers columns of `orders` (or names of tables) that the file does not tell, so that
    what is known of them is kept; `rows` counts records read."""

    source: str
    currency: str
    zone: str
    now: datetime
    notes: list[Finding] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    rows: int = 0
    bytes_read: int = 0
    whole_minutes: bool = False

    def copy(self) -> Context:
        """The same, to go on from when what is told from here on shall not count."""
        return replace(self, notes=list(self.notes), unknown=set(self.unknown))

    def say(self, reason: str, column: str = "", value: str = "") -> None:
        """Warn once about the file as a whole."""
        found = Finding(Severity.WARNING, None, column, value, reason)
        if found not in self.notes:
            self.notes.append(found)


class Reader(Protocol):
    """A format: yields what it finds, in the order of the file, with bounded memory."""

    def __call__(self, context: Context) -> Iterator[Read]: ...


def refused(error: Reject, row: int, number: str, raw: str) -> Refused:
    """A refusal from the error that an order's reading raised."""
    where = error.row if error.row is not None else row
    found = Finding(Severity.REJECTED, where, error.column, error.value, error.reason, number, raw)
    return Refused((found,), number)
