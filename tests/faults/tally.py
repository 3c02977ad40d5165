"""Figures of a run: kills, steps, promises that were checked, and the ones that were broken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Tally:
    """What a series of kills came to; sums of several are a tally too."""

    name: str = ""
    seeds: list[int] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)  # by what the process was at
    steps: Counter[str] = field(default_factory=Counter)  # by what became of them
    asked: Counter[str] = field(default_factory=Counter)  # by kind
    promises: Counter[str] = field(default_factory=Counter)
    mails: Counter[str] = field(default_factory=Counter)  # by what the mail service did
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    where: str = ""  # seed and life, for whoever must look at a fault

    def hold(self, promise: str, is_held: bool, words: str) -> None:
        """A promise was checked."""
        if is_held:
            self.held(promise)
        else:
            self.broken(promise, words)

    def held(self, promise: str) -> None:
        """A promise was checked, and is kept."""
        self.promises[promise] += 1

    def broken(self, promise: str, words: str) -> None:
        """A promise was checked, and is broken."""
        self.promises[promise] += 1
        self.faults.append(f"[{self.where}] {promise}: {words}")

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Tally:
        """One that was kept as plain values."""
        counts = {name: Counter(kept[name]) for name in ("kills", "steps", "asked", "promises", "mails")}
        return cls(**kept | counts)

    def add(self, other: Tally) -> None:
        """Take the figures of another in."""
        self.seeds += other.seeds
        for name in ("kills", "steps", "asked", "promises", "mails"):
            getattr(self, name).update(getattr(other, name))
        self.faults += other.faults
        self.seconds += other.seconds
