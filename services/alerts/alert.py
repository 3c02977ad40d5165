"""What an alert is, and what follows from a figure for it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from data.filters import Condition, Field, Filter, Range
from data.measures import Measure
from data.store import Row
from services import clock
from services.analytics import Figure, Ratio, figure, periods
from services.analytics.periods import Named

MOST_HOURS = 24 * 31
# What a ratio must be made of to mean anything: its `least` counts these.
BASES: dict[Ratio, Measure] = {
    Ratio.FAILURE_RATE: Measure.ATTEMPTS,
    **{ratio: Measure.ORDERS for ratio in Ratio if ratio is not Ratio.FAILURE_RATE},
}


class Comparison(StrEnum):
    """When an alert is told."""

    OVER = "over"
    UNDER = "under"


class Turning(StrEnum):
    """What changed about an alert, to be told."""

    RAISED = "raised"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Span:
    """Of which orders the figure is: those placed in the last `hours`, by the moment, or in a period that moves with
    the days; all of them for `Named.ALL`."""

    hours: int = 0
    name: Named = Named.ALL

    @property
    def text(self) -> str:
        """As it is kept: `3h`, `today`, `all`."""
        return f"{self.hours}h" if self.hours else self.name.value

    def as_filter(self, now: datetime, zone: str) -> Filter:
        """The orders at a UTC moment."""
        if self.hours:
            return Filter((Condition(Field.PLACED, (Range(now - timedelta(hours=self.hours), now),)),))
        return periods.as_filter(periods.named(self.name, periods.shop_clock(now, zone)))


def span(text: str) -> Span:
    """What `Span.text` says. Raises ValueError."""
    if found := re.fullmatch(r"([1-9]\d{0,2})h", text):
        hours = int(found[1])
        if hours > MOST_HOURS:
            raise ValueError(text)
        return Span(hours)
    name = Named(text)
    if name is Named.OWN:
        raise ValueError(text)
    return Span(name=name)


@dataclass(frozen=True, slots=True)
class Alert:
    """Told when `figure` of the orders under `query` and `span` stands `comparison` the `threshold`. A ratio means
    nothing below `least` of what it is made of. It is watched from `from_hour` to `until_hour` of the shop's day.
    `currency` is empty for the shop's own."""

    id: str
    title: str
    figure: Figure
    query: str
    span: Span
    currency: str
    comparison: Comparison
    threshold: Decimal
    least: int = 0
    from_hour: int = 0
    until_hour: int = 24
    tells_mail: bool = True
    tells_push: bool = True
    tells_end: bool = False
    is_paused: bool = False

    @property
    def base(self) -> Measure | None:
        """What a ratio is made of."""
        return BASES[self.figure] if isinstance(self.figure, Ratio) else None

    def is_watched(self, now: datetime, zone: str) -> bool:
        """Whether this is an hour in which it is watched. From 22 to 6 is a night."""
        hour = clock.local(now, zone).hour
        if self.from_hour < self.until_hour:
            return self.from_hour <= hour < self.until_hour
        return hour >= self.from_hour or hour < self.until_hour

    def holds(self, value: Decimal | None, base: Decimal | None) -> bool:
        """Whether its condition is met. What is not known is never over or under anything."""
        if value is None or (base is not None and base < max(self.least, 1)):
            return False
        return value > self.threshold if self.comparison is Comparison.OVER else value < self.threshold


@dataclass(frozen=True, slots=True)
class State:
    """How an alert stands: whether its condition held when it was asked last, and since when. `told_at` is when
    somebody was told last; `sentence` why it could not be asked."""

    is_raised: bool = False
    since: datetime | None = None
    told_at: datetime | None = None
    value: Decimal | None = None
    value_at: datetime | None = None
    sentence: str = ""


def turned(state: State, holds: bool, value: Decimal | None, now: datetime) -> tuple[State, Turning | None]:
    """How it stands now, and what there is to tell: once when the condition begins to hold, quiet until it was fine
    again."""
    if holds and not state.is_raised:
        return State(True, now, now, value, now), Turning.RAISED
    if not holds and state.is_raised:
        return replace(state, is_raised=False, value=value, value_at=now, sentence=""), Turning.OVER
    return replace(state, sentence=""), None


def as_row(alert: Alert) -> dict[str, Any]:
    """The columns of `alerts` that say what it is."""
    return {
        "id": alert.id,
        "title": alert.title,
        "figure": alert.figure.value,
        "query": alert.query,
        "span": alert.span.text,
        "currency": alert.currency,
        "comparison": alert.comparison.value,
        "threshold": alert.threshold,
        "least": alert.least,
        "from_hour": alert.from_hour,
        "until_hour": alert.until_hour,
        "tells_mail": alert.tells_mail,
        "tells_push": alert.tells_push,
        "tells_end": alert.tells_end,
        "is_paused": alert.is_paused,
    }


def of_row(row: Row) -> Alert:
    """A row of `alerts`. Raises `Invalid` for a figure that is known no more."""
    own = {name: row[name] for name in Alert.__slots__ if name not in ("figure", "span", "comparison")}
    return Alert(**own, figure=figure(row["figure"]), span=span(row["span"]), comparison=Comparison(row["comparison"]))


def state_of(row: Row) -> State:
    """How the alert of a row of `data.alerts` stands."""
    if row["is_raised"] is None:
        return State()
    return State(**{name: row[name] for name in State.__slots__})
