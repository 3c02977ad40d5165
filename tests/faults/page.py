"""docs/kill-tests.md, made of the figures of a run."""

from __future__ import annotations

from collections.abc import Sequence

from tests.faults.tally import Tally


def text(tallies: Sequence[Tally]) -> str:
    return ""
