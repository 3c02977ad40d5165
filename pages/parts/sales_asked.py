"""What the address of the Sales screen asks for: `q`, the period, `measure`, `by`, `kind`, `grain`, `compare`,
`average`, `clock`, `currency`, `top`. Codes, not labels, so that a link is the same in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from services.analytics import Clock, dimension, figure
from services.analytics.comparing import GRAINS
from services.analytics.periods import Period
from services.analytics.wishes import Compare, Wish
from services.errors import Invalid
from services.language import _

T = TypeVar("T")
TOPS = (3, 5, 7, 20, 50)
DEFAULT_TOP = 5
MEASURE = Measure.PLACED


class View(StrEnum):
    """How the screen shows it; the words of the address."""

    BARS = "bars"
    LINES = "lines"
    TABLE = "table"
    PIVOT = "pivot"
    HEAT = "heat"


@dataclass(frozen=True, slots=True)
class SalesAsked:
    """The wish, how it is shown, with a moving average or without, and a sentence for all that the address says and
    that cannot be."""

    wish: Wish
    view: View
    is_averaged: bool
    faults: tuple[str, ...]


def read(params: Mapping[str, str], filter: Filter, period: Period) -> SalesAsked:
    """What is asked for. What cannot be counts as not said, and is told."""
    faults: list[str] = []

    def known(name: str, make: Callable[[str], T], otherwise: T) -> T:
        text = params.get(name, "").strip()
        if not text:
            return otherwise
        try:
            return make(text)
        except Invalid as error:
            faults.append(error.sentence)
        except ValueError:
            faults.append(_("“{value}” is no {name} of this screen.", value=text, name=name))
        return otherwise

    wish = Wish(
        figure=known("measure", figure, MEASURE),
        period=period,
        by=known("by", _by, None),
        grain=known("grain", _grain, None),
        filter=filter,
        compare=known("compare", Compare, Compare.BEFORE),
        clock=known("clock", Clock, Clock.ORDER),
        currency=params.get("currency", "").strip().upper(),
        top=known("top", _top, DEFAULT_TOP),
    )
    return SalesAsked(wish, known("kind", View, View.BARS), params.get("average") == "1", tuple(faults))


def said(wish: Wish, name: str) -> str:
    """How the address says one of the choices now; empty for the usual one."""
    chosen: dict[str, tuple[object, object]] = {
        "measure": (wish.figure, MEASURE),
        "by": (wish.by, None),
        "grain": (wish.grain, None),
        "compare": (wish.compare, Compare.BEFORE),
        "clock": (wish.clock, Clock.ORDER),
        "top": (wish.top, DEFAULT_TOP),
    }
    now, usual = chosen[name]
    return "" if now == usual or now is None else str(now)


def _by(text: str) -> Dimension:
    if text in GRAINS and text != Dimension.HOUR:
        raise Invalid(_("“{value}” is a step of time: choose it as such.", value=text))
    return dimension(text)


def _grain(text: str) -> Dimension:
    found = dimension(text)
    if found not in GRAINS:
        raise Invalid(_("“{value}” is no step of time.", value=text))
    return found


def _top(text: str) -> int:
    count = int(text)
    if not 1 <= count <= max(TOPS):
        raise ValueError(text)
    return count
