"""Which products customers buy who come back."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from pages.parts import figure_card, figure_words
from pages.parts.charts import Chosen
from pages.parts.figure_card import Kind, Ways
from pages.parts.list_address import ListView
from pages.parts.tables import table
from services.analytics import Answer, Asked, Ratio
from services.language import _, number
from services.shop import Shop

FIGURES = (Measure.RETURNING_CUSTOMERS, Measure.CUSTOMERS, Ratio.RETURNING_SHARE)
SHOWN = 9


def show(shop: Shop, filter: Filter, currency: str) -> None:
    """Draw the card: the products that most of them bought."""
    asked = Asked(FIGURES, (Dimension.PRODUCT,), filter, currency=currency, limit=1000)
    title = _("Products that customers buy who come back")
    note = _("Who comes back has ordered twice or more, at any time and whatever it was.")
    figure_card.show(shop, title, asked, Kind.SIZES, "buyers_products", Ways(draw=_table, narrows=False, note=note))


def _table(found: Answer, _key: str, _alt: str, _chosen: Chosen | None) -> None:
    rows = [row for row in found.rows if row["product"] or row["sku"]][:SHOWN]
    heads = (_("Product"), _("Buyers"), _("Of them come back"), _("Share"))
    cells = []
    for row in rows:
        behind = found.behind(row, Measure.RETURNING_CUSTOMERS)
        again = escape(number(row["returning_customers"]))
        if behind is not None and row["returning_customers"]:
            again = f"<a href='{escape(ListView(q=behind).link)}' target='_self'>{again}</a>"
        share = row["returning_share"]
        cells.append(
            [
                f"<span class='ct-thing'>{escape(row['product'] or row['sku'])}</span>"
                f"<span class='ct-under'>{escape(row['sku'])}</span>",
                escape(number(row["customers"])),
                again,
                escape(figure_words.percent(share)) if share is not None else "—",
            ]
        )
    st.html(table(heads, cells, numbers=(1, 2, 3), kind="ct-figures ct-again"))
