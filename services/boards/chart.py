"""A chart that is kept: what it asks, with its period in words, so that it moves with the days."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.dimensions import Dimension
from data.filters import Filter
from data.store import Row
from services import query
from services.analytics import Asked, Clock, Figure, dimension, figure, periods
from services.analytics.periods import Named, Period

MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Moving:
    """A period that moves: its name, and for a range of its own its days."""

    name: Named = Named.ALL
    first: date | None = None
    last: date | None = None

    def at(self, at: datetime) -> Period:
        """Its days at a moment of the shop's clock."""
        if self.name is Named.OWN:
            return periods.own(self.first, self.last, at)
        return periods.named(self.name, at)


@dataclass(frozen=True, slots=True)
class Chart:
    """A kept chart. `query` is a filter without the period; `kind` is how it is drawn, as the cards call it; `currency`
    is empty for the shop's own."""

    id: str
    title: str
    kind: str
    figures: tuple[Figure, ...]
    by: tuple[Dimension, ...]
    query: str
    moving: Moving
    clock: Clock
    currency: str
    limit: int = MOST_ROWS

    def asked(self, at: datetime, period: Moving | None = None, besides: Filter | None = None, most: int = 0) -> Asked:
        """What it asks at a moment of the shop's clock: of `period` instead of its own, under a filter `besides` its
        own, at most so many rows. Raises `Misread` for a query that cannot be read any more."""
        filter = query.parse(self.query) & periods.as_filter((period or self.moving).at(at))
        return Asked(
            self.figures,
            self.by,
            filter & besides if besides else filter,
            self.clock,
            self.currency,
            min(self.limit, most) if most else self.limit,
        )


def of_asked(asked: Asked, at: datetime, said: Mapping[str, str]) -> tuple[str, Moving]:
    """What is asked, as a query and a period that moves. The period is the one that the address `said`, or any that
    has just these days; days that a person typed stay in the query."""
    for moving in _moving(said):
        own = periods.as_filter(moving.at(at)).conditions
        if own and all(condition in asked.filter.conditions for condition in own):
            rest = Filter(tuple(one for one in asked.filter.conditions if one not in own))
            return query.write(rest), moving
    return query.write(asked.filter), Moving()


def _moving(said: Mapping[str, str]) -> list[Moving]:
    named = [Moving(name) for name in Named if name not in (Named.OWN, Named.ALL)]
    name, first, last = said.get("period", ""), _day(said.get("from", "")), _day(said.get("to", ""))
    if name == Named.OWN or (not name and (first or last)):
        return [Moving(Named.OWN, first, last), *named]
    return sorted(named, key=lambda one: one.name != name)


def as_row(chart: Chart) -> dict[str, Any]:
    """The columns of `kept_charts` that say what it is."""
    asked = {
        "figures": [one.value for one in chart.figures],
        "by": [one.value for one in chart.by],
        "query": chart.query,
        "period": chart.moving.name.value,
        "from": chart.moving.first.isoformat() if chart.moving.first else "",
        "to": chart.moving.last.isoformat() if chart.moving.last else "",
        "clock": chart.clock.value,
        "currency": chart.currency,
        "limit": chart.limit,
    }
    return {"id": chart.id, "title": chart.title, "asked_json": json.dumps(asked), "kind": chart.kind}


def of_row(row: Row) -> Chart:
    """A row of `kept_charts`. Raises `Invalid` for a figure or a dimension that is known no more."""
    asked = json.loads(row["asked_json"])
    return Chart(
        id=row["id"],
        title=row["title"],
        kind=row["kind"],
        figures=tuple(figure(name) for name in asked["figures"]),
        by=tuple(dimension(name) for name in asked["by"]),
        query=asked["query"],
        moving=Moving(Named(asked["period"]), _day(asked["from"]), _day(asked["to"])),
        clock=Clock(asked["clock"]),
        currency=asked["currency"],
        limit=int(asked["limit"]),
    )


def moving(name: str) -> Moving | None:
    """A period by its name; None when nothing is said, or something that is none."""
    return Moving(Named(name)) if name in tuple(Named) and name != Named.OWN else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
