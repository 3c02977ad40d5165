"""The record outside of the shop: what was asked and what was answered, on the disk before anything goes on."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any


class State(StrEnum):
    """What is known of a step."""

    ASKED = "asked"
    ANSWERED = "answered"
    REFUSED = "refused"
    THERE = "there"  # never answered, but the shop has it
    GONE = "gone"  # never answered, and the shop does not have it

    @property
    def must_be_there(self) -> bool:
        return self in (self.ANSWERED, self.THERE)

    @property
    def must_not_be_there(self) -> bool:
        return self in (self.REFUSED, self.GONE)


@dataclass
class Step:
    """Something that was asked of the shop; `number` is the name by which it is known again in the store."""

    number: int
    kind: str
    given: dict[str, Any]
    at: datetime
    state: State = State.ASKED
    answer: Any = None
    repeats: int = 0

    @property
    def can_be_repeated(self) -> bool:
        """It bears a key by which a repeat is known."""
        return "key" in self.given

    @property
    def mark(self) -> str:
        return f"step {self.number}"


@dataclass
class Record:
    """All steps of one shop."""

    file: Path
    steps: list[Step] = field(default_factory=list)
    levels: int = 0

    def asked(self, step: Step) -> None:
        """On the disk before the shop hears of it."""
        self._keep({"asked": step.number, "kind": step.kind, "given": step.given})

    def answered(self, step: Step, how: str, answer: Any) -> None:
        """On the disk as soon as the shop has answered."""
        self._keep({"answered": step.number, "how": how, "answer": answer})

    def of(self, kind: str) -> list[Step]:
        return [step for step in self.steps if step.kind == kind]

    def _keep(self, told: dict[str, Any]) -> None:
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, default=str) + "\n")
            file.flush()
            os.fsync(file.fileno())
