"""What an import did, or would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.imports.finding import Finding
from services.orders.draft import Draft

SHOWN_NOTICES = 1_000
PREVIEWED = 10


class RunState(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class RunResult:
    """Counts are orders, `rows` records of the file. `rejects` are all, `notices` the first thousand of the `warnings`.
    `left_out` counts what is no order (carts, drafts) by what it is. `run_id` is None for a dry run."""

    run_id: str | None
    format: str
    source: str
    rows: int
    new: int
    changed: int
    same: int
    rejected: int
    warnings: int
    rejects: tuple[Finding, ...]
    notices: tuple[Finding, ...]
    left_out: dict[str, int]
    preview: tuple[Draft, ...]
    is_dry: bool

    @property
    def orders(self) -> int:
        """Orders that were read whole."""
        return self.new + self.changed + self.same

    def as_json(self) -> dict[str, Any]:
        """As `import --json` prints it."""
        return {
            "run": self.run_id,
            "format": str(self.format),
            "rows": self.rows,
            "orders": self.orders,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "rejected": self.rejected,
            "warnings": self.warnings,
            "rejects": [
                {"row": found.row, "column": found.column, "value": found.value, "reason": found.reason}
                for found in self.rejects
            ],
        }


@dataclass(frozen=True)
class Run:
    """A run as the history shows it."""

    id: str
    started_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    state: RunState
    actor: str
    file_name: str
    format: str
    source: str
    rows: int
    orders: int
    new: int
    changed: int
    same: int
    rejected: int
    warnings: int
