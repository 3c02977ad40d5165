"""An answer by steps of time and by one thing more, as strands side by side: the largest of them, and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from data.dimensions import CUTS, Dimension, shown
from services.analytics.answering import Answer
from services.analytics.meanings import figure
from services.analytics.measures import Column, is_additive

MOST = 5


@dataclass(frozen=True, slots=True)
class Strand:
    """The row that a strand begins with, which tells its name (None: the rest of them), and where its rows stand in the
    answer, a list for each step."""

    row: Mapping[str, Any] | None
    places: tuple[tuple[int, ...], ...]

    def amounts(self, found: Answer, column: Column) -> list[Any]:
        """Its figure at each step; None where there is none."""
        told = [[found.rows[at][column.name] for at in places] for places in self.places]
        return [sum(one, Decimal(0)) if len(one) > 1 and None not in one else next(iter(one), None) for one in told]


def is_stranded(found: Answer) -> bool:
    """Whether an answer is by steps of time first, and by one thing more."""
    return len(found.asked.by) == 2 and bool(CUTS[found.asked.by[0]].step) and not CUTS[found.asked.by[1]].step


def strands(found: Answer, column: Column, most: int = MOST) -> tuple[list[Any], list[Strand]]:
    """The steps, and a strand for each of the largest parts; the rest together where parts add up."""
    of, by = found.asked.by
    steps = list(dict.fromkeys(row[of.value] for row in found.rows))
    at_step = {step: at for at, step in enumerate(steps)}
    parts: dict[str, list[int]] = {}
    for place, row in enumerate(found.rows):
        parts.setdefault(_code(by, row), []).append(place)
    ordered = sorted(parts.values(), key=lambda own: -sum(abs(found.rows[at][column.name] or 0) for at in own))

    def strand(row: Mapping[str, Any] | None, own: list[int]) -> Strand:
        by_step: list[list[int]] = [[] for _ in steps]
        for place in own:
            by_step[at_step[found.rows[place][of.value]]].append(place)
        return Strand(row, tuple(map(tuple, by_step)))

    made = [strand(found.rows[own[0]], own) for own in ordered[:most]]
    rest = [place for own in ordered[most:] for place in own]
    if rest and is_additive(figure(column.name)):
        made.append(strand(None, rest))
    return steps, made


def _code(of: Dimension, row: Mapping[str, Any]) -> str:
    return "\t".join(str(row[name]) for name in shown(of))
