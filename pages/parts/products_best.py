"""Best products, and the classes A, B and C that they are in."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.filters import Filter
from data.measures import Measure
from pages.parts import charts, figure_card, figure_words, products_table
from pages.parts.charts import Chosen, Mark, Series, Shape
from pages.parts.figure_card import Kind, Ways
from pages.parts.tables import table
from services.analytics import Answer, products
from services.analytics.products import Letter, Ranked
from services.language import _, current, n_, number
from services.money import shown
from services.shop import Shop

SHOWN = 12
MOST_POINTS = 120  # of the curve
CURVE_HEIGHT = 220


def show(shop: Shop, filter: Filter, currency: str) -> bool:
    """Draw the card of the best; whether any product was sold."""
    asked = products.asked(products.BEST, filter, currency)
    if not products.named(figure_card.answered(shop, asked).rows):
        nothing = _("No product was sold here: choose a longer period, loosen the filters, or take another currency.")
        st.html(f"<div class='ct-figure-empty'>{escape(nothing)}</div>")
        return False

    def draw(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
        places = products_table.places(found)[: figure_card.MOST_BARS]
        charts.by_size(figure_card.bars(found, asked, places), key, alt, chosen)

    figure_card.show(shop, _("Best products"), asked, Kind.SIZES, "best", Ways(draw=draw, table=_best))
    return True


def classes(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card of the classes."""
    note = _("Classes go by what was ordered in the period, in one currency, from the best product on.")
    asked = products.asked(products.BEST, filter, currency)
    ways = Ways(draw=_classes, table=_best, note=note)
    figure_card.show(shop, _("A, B and C: where the sales come from"), asked, Kind.CURVE, "abc", ways)


def _best(found: Answer) -> None:
    rows = products.ranked(found)
    heads = (_("Product"), _("Ordered"), _("Share"), _("Class"), _("Orders"), _("Items"))
    cells = [
        [
            products_table.name(one.row),
            products_table.said(found, one.row, Measure.PLACED),
            f"{escape(figure_words.percent(one.share))}"
            + products_table.bar(
                one.share / (rows[0].share or 1) * 100,
                _("{share} up to here", share=figure_words.percent(one.until)),
            ),
            letter(one.letter),
            products_table.linked(found, one.row, Measure.ORDERS),
            products_table.said(found, one.row, Measure.ITEMS),
        ]
        for one in rows[:SHOWN]
    ]
    st.html(table(heads, cells, numbers=(1, 4, 5), kind="ct-figures ct-products"))
    if len(rows) > SHOWN:
        more = n_("{count} product more in the files", "{count} products more in the files", len(rows) - SHOWN)
        st.html(f"<p class='ct-figure-note'>{escape(more)}</p>")


def _classes(found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
    """What the best products bring together, from the first to the last, and the classes that this makes."""
    rows = products.ranked(found)
    _curve(found, rows, key, alt, chosen)
    heads = (_("Class"), _("Products"), _("Share"), _("Ordered"))
    cells = [
        [
            f"{letter(one.letter)}<span class='ct-under'>{escape(products.rule(one.letter))}</span>",
            f"{escape(number(one.products))}"
            f"<span class='ct-under'>{escape(figure_words.percent(one.products_share))}</span>",
            escape(figure_words.percent(one.share))
            + products_table.bar(one.share, _("{share} of what was ordered", share=figure_words.percent(one.share))),
            escape(shown(one.placed, found.currency, current())),
        ]
        for one in products.classes(rows)
    ]
    st.html(table(heads, cells, numbers=(1, 3), kind="ct-figures ct-products"))


def _curve(found: Answer, rows: Sequence[Ranked], key: str, alt: str, chosen: Chosen | None) -> None:
    """A line for each class, from the product before its first to its last."""
    step = -(-len(rows) // MOST_POINTS)
    at = [place for place in range(len(rows)) if place % step == 0 or place == len(rows) - 1]
    places = {id(row): place for place, row in enumerate(found.rows)}
    series = []
    for one in Letter:
        marks = []
        for place, following in zip(at, [*at[1:], -1], strict=True):
            row = rows[place]
            is_own = row.letter is one or (following >= 0 and rows[following].letter is one)
            marks.append(
                Mark(
                    str(places[id(row.row)]),
                    f"{number(place + 1)}. {row.row['product'] or row.row['sku']}",
                    row.until if is_own else None,
                    _("{share} up to here", share=figure_words.percent(row.until)),
                )
            )
        if any(mark.amount is not None for mark in marks):
            series.append(Series(one.value, marks))
    charts.over_time([number(place + 1) for place in at], series, key, alt, chosen, Shape.CURVE, CURVE_HEIGHT)


def letter(of: Letter) -> str:
    """A class as a badge."""
    return f"<span class='ct-letter ct-letter-{of.value}'>{of.value}</span>"
