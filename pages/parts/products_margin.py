"""What is left of the sales: margin by product, category, country, payment method and month; what has no known cost is
said."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from html import escape

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from pages.parts import charts, figure_card, figure_marks, figure_words, products_table
from pages.parts.charts import Chosen, Series
from pages.parts.figure_card import Kind, Ways
from pages.parts.tables import table
from pages.parts.tiles import Tile, tiles
from services.analytics import Answer, Asked, Ratio, products
from services.analytics.dimensions import ABOUT
from services.language import _, current
from services.money import shown
from services.shop import Shop

BY = (Dimension.PRODUCT, Dimension.CATEGORY, Dimension.COUNTRY, Dimension.PAYMENT_METHOD, Dimension.MONTH)
SHOWN = 12


def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the figures, the choice of what they are told apart by, and the card."""
    st.html(f"<h2 class='ct-part'>{escape(_('Cost and margin'))}</h2>")
    whole = figure_card.answered(shop, Asked(products.MARGINS, (), filter, currency=currency))
    if whole.rows:
        st.html(tiles(_figures(whole)))
    by = st.segmented_control(
        _("Told apart by"),
        BY,
        default=Dimension.PRODUCT,
        format_func=lambda of: ABOUT[of].name(),
        key="products_margin_by",
        label_visibility="collapsed",
    )
    asked = products.asked(products.MARGINS, filter, currency, by or Dimension.PRODUCT)
    kind = Kind.BARS if by is Dimension.MONTH else Kind.SIZES
    ways = Ways(draw=partial(_draw, asked), table=_table, note=_unsaid(whole))
    figure_card.show(shop, _("Margin"), asked, kind, "margin", ways)


def _figures(found: Answer) -> list[Tile]:
    row = found.rows[0]
    if row["margin"] is None:
        return [Tile(_("Margin"), "—", _("No cost is known yet: say it below, product by product or from a file."))]
    return [
        Tile(_("Margin"), _plain(found, Measure.MARGIN), _("of lines whose cost is known")),
        Tile(_("Margin rate"), _plain(found, Ratio.MARGIN_RATE)),
        Tile(_("Cost"), _plain(found, Measure.COST)),
        Tile(_("Without a known cost"), _plain(found, Measure.UNCOSTED), _("lines without a cost, shipping and fees")),
    ]


def _plain(found: Answer, figure: Measure | Ratio) -> str:
    column = next(column for column in found.columns if column.name == figure.value)
    return figure_words.said(found.rows[0][figure.value], column, found.currency)


def _unsaid(whole: Answer) -> str:
    """How much of the sales the margin says nothing of."""
    amount = whole.rows[0]["uncosted"] if whole.rows else Decimal(0)
    if not amount:
        return _("The cost of everything is known.")
    said = shown(amount, whole.currency, current())
    return _("{amount} without tax have no known cost and stand in no margin: lines without a cost, shipping, fees.",
             amount=said)  # fmt: skip


def _draw(asked: Asked, found: Answer, key: str, alt: str, chosen: Chosen | None) -> None:
    if found.asked.by == (Dimension.MONTH,):
        column = figure_marks.alike(found)[0]
        marks = [figure_marks.mark(found, place, column) for place in range(len(found.rows))]
        charts.over_time(figure_marks.ticks(found), [Series(_("Margin"), marks)], key, alt, chosen)
        return
    places = [place for place, row in enumerate(found.rows) if row["margin"] is not None]
    places.sort(key=lambda place: -found.rows[place]["margin"])
    if not places:
        _nothing()
        return
    charts.by_size(figure_card.bars(found, asked, places[:SHOWN]), key, alt, chosen)


def _nothing() -> None:
    nothing = _("No product that was sold here has a known cost.")
    st.html(f"<div class='ct-figure-empty'>{escape(nothing)}</div>")


def _table(found: Answer) -> None:
    (by,) = found.asked.by
    rows = list(found.rows)
    if by is Dimension.PRODUCT:
        rows = [row for row in products.named(rows) if row["margin"] is not None]
    if by is not Dimension.MONTH:
        rows.sort(key=lambda row: (row["margin"] is None, -(row["margin"] or 0), -row["uncosted"]))
    if not rows:
        _nothing()
        return
    heads = (ABOUT[by].name(), _("Margin"), _("Margin rate"), _("Cost"), _("Ordered with a known cost"),
             _("Without a known cost"))  # fmt: skip
    cells = [
        [
            products_table.name(row) if by is Dimension.PRODUCT else escape(figure_words.row_name(found, row)),
            products_table.linked(found, row, Measure.MARGIN),
            *(
                products_table.said(found, row, one)
                for one in (Ratio.MARGIN_RATE, Measure.COST, Measure.COSTED, Measure.UNCOSTED)
            ),
        ]
        for row in (rows[-SHOWN:] if by is Dimension.MONTH else rows[:SHOWN])
    ]
    st.html(table(heads, cells, numbers=(1, 2, 3, 4, 5), kind="ct-figures ct-products"))
