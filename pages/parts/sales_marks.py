"""The sales as marks and as tables: series over time, parts with share and growth, a table of two ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from data.dimensions import Dimension
from pages.parts import figure_words, tables
from pages.parts.marks import Mark, Role, Series
from services.analytics.comparing import change, moving_average
from services.analytics.dimensions import ABOUT
from services.analytics.meanings import MEANINGS, column
from services.analytics.wishes import Beside, Sales, Told
from services.language import _, n_

WINDOWS = {Dimension.DAY: 7, Dimension.WEEK: 4, Dimension.MONTH: 3, Dimension.QUARTER: 4, Dimension.HOUR: 3}
MOST_COLUMNS = 62  # steps of time in a table of two ways; of more, the latest
DEEPEST = 34  # percent of the accent behind the largest cell


@dataclass(frozen=True, slots=True)
class Shown:
    """Sales as they are shown: with the currency of the answer, and a moving average or without."""

    made: Sales
    is_averaged: bool = False

    def said(self, amount: Any) -> str:
        """A figure as people read it."""
        own = column(self.made.wish.figure, self.made.answer.currency)
        return figure_words.said(amount, own, self.made.answer.currency)

    @property
    def ticks(self) -> list[str]:
        """The names of the steps under a chart."""
        return [figure_words.tick(self.made.grain, step, at == 0) for at, step in enumerate(self.made.steps)]

    def step(self, at: int) -> str:
        """A step as it is named in full."""
        return figure_words.value(self.made.grain, self.made.steps[at])

    def name(self, part: Told) -> str:
        """What a part is called; the rest by how many it is."""
        if not part.code and not part.row:
            return n_("{count} other", "{count} others", self.made.others)
        return figure_words.part(self.made.wish.by, part.row) if self.made.wish.by else ""

    def series(self) -> list[Series]:
        """What is drawn over time: the parts and the rest, else the figure; then what they are measured against."""
        made = self.made
        if made.parts:
            told = [
                Series(self.name(one), self._marks(one.amounts, at, one), Role.NOW) for at, one in enumerate(made.parts)
            ]
            if made.rest:
                told.append(Series(self.name(made.rest), self._marks(made.rest.amounts, -1, made.rest), Role.REST))
            return told
        name = MEANINGS[made.wish.figure].name()
        series = [Series(name, self._marks(made.amounts, -1, None), Role.NOW)]
        for beside, role, called in (
            (made.before, Role.BEFORE, _("before")),
            (made.year, Role.YEAR_BEFORE, _("a year before")),
        ):
            if beside and any(amount is not None for amount in beside.amounts):
                series.append(Series(called, self._beside(beside, called), role))
        if self.is_averaged and (window := WINDOWS.get(made.grain)):
            means = moving_average(list(made.amounts[: made.open_at]), window)
            marks = [Mark("", "", mean, "") for mean in means] + [Mark("", "", None, "")] * (
                len(made.steps) - len(means)
            )
            series.append(Series(_("average of {count}", count=window), marks, Role.AVERAGE))
        return series

    def _marks(self, amounts: Sequence[Any], part: int, told: Told | None) -> list[Mark]:
        prefix = f"{self.name(told)} · " if told else ""
        made = []
        for at, amount in enumerate(amounts):
            said = self.said(amount)
            if told is None and (moved := self._moved(at)):
                said = f"{said} · {moved}"
            made.append(
                Mark(f"{at}:{part}", prefix + self.step(at), amount, said, is_unfinished=at == self.made.open_at)
            )
        return made

    def _moved(self, at: int) -> str:
        beside = self.made.before or self.made.year
        moved = change(self.made.amounts[at], beside.amounts[at]) if beside else None
        return "" if moved is None else figure_words.percent(moved, signed=True)

    def _beside(self, beside: Beside, called: str) -> list[Mark]:
        return [
            Mark("", f"{self.step(at)} · {called}", amount, self.said(amount))
            for at, amount in enumerate(beside.amounts)
        ]

    def table(self) -> str:
        """As a table: the parts with share and growth, else the steps with what they are measured against."""
        return self._parts() if self.made.parts else self._steps()

    def _steps(self) -> str:
        made = self.made
        besides = [
            (beside, name)
            for beside, name in ((made.before, _("before")), (made.year, _("a year before")))
            if beside is not None
        ]
        heads = [ABOUT[made.grain].name(), MEANINGS[made.wish.figure].name()]
        heads += [head for _beside, name in besides for head in (name, _("Growth"))]
        rows = []
        for at in range(len(made.steps) - 1, -1, -1):
            cells = [escape(self.step(at)), escape(self.said(made.amounts[at]))]
            for beside, _name in besides:
                cells += [escape(self.said(beside.amounts[at])), _signed(change(made.amounts[at], beside.amounts[at]))]
            rows.append(cells)
        return tables.table(heads, rows, numbers=range(1, len(heads)), kind="ct-figures")

    def _parts(self) -> str:
        made = self.made
        beside = made.before or made.year
        by = ABOUT[made.wish.by].name() if made.wish.by else ""
        has_shares = any(one.share is not None for one in made.parts)
        heads = [by, MEANINGS[made.wish.figure].name()] + ([_("Share")] if has_shares else [])
        heads += [_("before"), _("Growth")] if beside else []
        rows = []
        for one in (*made.parts, *((made.rest,) if made.rest else ())):
            cells = [escape(self.name(one)), escape(self.said(one.total))]
            cells += [_share(one.share)] if has_shares else []
            if beside:
                cells += [escape(self.said(one.before)), _signed(change(one.total, one.before))]
            rows.append(cells)
        if has_shares:
            whole = [f"<b>{escape(_('Total'))}</b>", f"<b>{escape(self.said(made.total))}</b>", _share(Decimal(100))]
            if beside:
                whole += [escape(self.said(beside.total)), _signed(change(made.total, beside.total))]
            rows.append(whole)
        return tables.table(heads, rows, numbers=range(1, len(heads)), kind="ct-figures")

    def pivot(self) -> str:
        """Parts down, steps of time across, the sums at the end; the more, the deeper."""
        made = self.made
        parts = (*made.parts, *((made.rest,) if made.rest else ()))
        shown = range(max(0, len(made.steps) - MOST_COLUMNS), len(made.steps))
        most = max((float(one.amounts[at] or 0) for one in made.parts for at in shown), default=0) or 1
        heads = [ABOUT[made.wish.by].name() if made.wish.by else ""]
        heads += [self.ticks[at].replace("<br>", " ") for at in shown] + [_("Total")]
        rows = []
        for one in parts:
            cells = [escape(self.name(one))]
            for at in shown:
                deep = round(DEEPEST * max(0.0, float(one.amounts[at] or 0)) / most) if one.code or one.row else 0
                cells.append(
                    f"<span class='ct-cell' style='--deep:{deep}%'>{escape(self.said(one.amounts[at]))}</span>"
                )
            rows.append([*cells, f"<b>{escape(self.said(one.total))}</b>"])
        whole = [f"<b>{escape(_('Total'))}</b>", *(f"<b>{escape(self.said(made.amounts[at]))}</b>" for at in shown)]
        rows.append([*whole, f"<b>{escape(self.said(made.total))}</b>"])
        return tables.table(heads, rows, numbers=range(1, len(heads)), kind="ct-figures ct-pivot")


def _share(share: Decimal | None) -> str:
    return escape(figure_words.percent(share)) if share is not None else "—"


def _signed(moved: Decimal | None) -> str:
    return escape(figure_words.percent(moved, signed=True)) if moved is not None else "—"
