"""The smaller cards of the Sales screen: what the figure is made of, and on which weekdays at which hours it comes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from pages.parts import charts, figure_card, figure_words
from pages.parts.charts import Chosen, Mark
from pages.parts.figure_card import Kind, Ways
from pages.parts.sales_chart import title
from services.analytics import Answer, Asked
from services.analytics.comparing import change
from services.analytics.dimensions import ABOUT
from services.analytics.folding import share
from services.analytics.meanings import column
from services.analytics.periods import as_filter
from services.analytics.selling import code
from services.analytics.wishes import Sales, adds_up, together
from services.language import n_
from services.shop import Shop

MOST = 8
_USUAL = (Dimension.PAYMENT_METHOD, Dimension.COUNTRY, Dimension.CUSTOMER)


def show(shop: Shop, made: Sales) -> None:
    """Draw two of them beside each other, and the hours below."""
    figure = made.wish.figure
    own = [made.wish.by] if made.wish.by else []
    wanted = [*own, *(one for one in _USUAL if one not in own and together(figure, (one,)))][:2]
    for place, by in zip(st.columns(2, gap="medium"), wanted, strict=False):
        with place:
            _sizes(shop, made, by)
    hours(shop, made)


def hours(shop: Shop, made: Sales) -> None:
    """The heat of weekdays by hours."""
    by = (Dimension.WEEKDAY, Dimension.HOUR)
    if together(made.wish.figure, by):
        asked = Asked((made.wish.figure,), by, made.base, currency=made.wish.currency)
        figure_card.show(shop, title(made.wish.figure, *by), asked, Kind.HEAT, "sales_hours")


def _sizes(shop: Shop, made: Sales, by: Dimension) -> None:
    figure = made.wish.figure
    asked = Asked((figure,), (by,), made.base, currency=made.wish.currency)
    beside = made.before or made.year
    then = (
        figure_card.answered(shop, _before(asked, made, as_filter(beside.period))) if beside and beside.period else None
    )

    def draw(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
        charts.by_size(_marks(made, found, then, asked, by), key, alt, chosen)

    figure_card.show(shop, title(figure, by), asked, Kind.SIZES, f"sales_{by.value}", Ways(draw=draw))


def _before(asked: Asked, made: Sales, days: Filter) -> Asked:
    field = ABOUT[asked.by[0]].field
    rest = made.filter.without_field(field) if field else made.filter
    return replace(asked, filter=rest & days)


def _marks(made: Sales, found: Answer, then: Answer | None, asked: Asked, by: Dimension) -> list[Mark]:
    """The largest with their share and growth, then the rest of them in one bar."""
    name = made.wish.figure.value
    is_whole = adds_up(made.wish.figure, by)
    whole = sum((row[name] for row in found.rows), 0) if is_whole else None
    befores = {code(by, row): row[name] for row in then.rows} if then else {}
    own = column(made.wish.figure, found.currency)
    marks = []
    for mark in figure_card.sizes(found, asked, MOST):
        row = found.rows[int(mark.key)]
        before = befores.get(code(by, row))
        part, moved = share(row[name], whole), change(row[name], before)
        told = [figure_words.percent(part)] if part is not None else []
        told += [figure_words.percent(moved, signed=True)] if moved is not None else []
        short = [
            figure_words.short(row[name], own, found.currency),
            *(_round(one) for one in (part,) if one is not None),
        ]
        short += [_round(moved, signed=True)] if moved is not None else []
        marks.append(replace(mark, said=" · ".join([mark.said, *told]), short=" · ".join(short), before=before))
    others = found.rows[len(marks) :]
    if others and whole is not None:
        rest = whole - sum(mark.amount or 0 for mark in marks)
        part = share(rest, whole)
        text = figure_words.said(rest, own, found.currency) + (f" · {figure_words.percent(part)}" if part else "")
        short = figure_words.short(rest, own, found.currency) + (f" · {_round(part)}" if part else "")
        named = n_("{count} other", "{count} others", len(others))
        marks.append(Mark("", named, rest, text, short, is_faint=True))
    return marks


def _round(value: Decimal, signed: bool = False) -> str:
    """Percent without decimals, where there is little room."""
    return (
        figure_words.percent(value.quantize(Decimal(1)), signed)
        if abs(value) >= 1
        else figure_words.percent(value, signed)
    )
