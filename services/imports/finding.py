"""What an import says about a row: why it stays out, or what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    REJECTED = "rejected"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said about a row. `row` is the first line of its record in the file (or the order's place in a JSON
    file), None when it concerns the whole file. `raw` holds the rejected rows as JSON, on one finding per order."""

    severity: Severity
    row: int | None
    column: str
    value: str
    reason: str
    order_number: str = ""
    raw: str = ""

    def of(self, number: str) -> Finding:
        """The same, about an order."""
        return replace(self, order_number=number)


class Reject(Exception):
    """Raised while an order is read: it stays out. Carries the cell and the sentence."""

    def __init__(self, column: str, value: str, reason: str, row: int | None = None) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason, self.row = column, value[:500], reason, row


def warning(row: int | None, column: str, value: str, reason: str, number: str = "") -> Finding:
    """Something odd that does not keep the order out."""
    return Finding(Severity.WARNING, row, column, value[:500], reason, number)
