"""What an import did or would do: counts, the first orders as they would look, and what was said about rows."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.parts.badges import fulfilment_badge, html, payment_badge
from pages.parts.list_table import shown_number
from pages.parts.tables import table
from pages.parts.tiles import Tile, tiles
from services.imports.finding import Finding
from services.imports.result import RunResult
from services.language import _, current, moment, n_, number
from services.money import shown
from services.orders.draft import Draft
from services.orders.words import Role

SHOWN = 100  # findings on the screen; the file has them all


def counts(result: RunResult) -> None:
    """New, changed, same and rejected, side by side."""
    rejected = Role.BAD if result.rejected else Role.OVER
    figures = (
        (_("New"), result.new, Role.GOOD),
        (_("Changed"), result.changed, Role.MOVING),
        (_("Same"), result.same, Role.OVER),
        (_("Rejected"), result.rejected, rejected),
    )
    st.html(tiles(Tile(label, number(count), role=role) for label, count, role in figures))
    if result.left_out:
        said = ", ".join(f"{number(count)} × {what}" for what, count in result.left_out.items())
        st.html(f"<div class='ct-quiet'>{escape(_('Left out, because they are no orders'))}: {escape(said)}</div>")


def preview(result: RunResult, zone: str) -> None:
    """The first orders of the file as the list would show them."""
    if not result.preview:
        return
    heads = (_("Number"), _("Placed"), _("Customer"), _("Items"), _("Total"), _("Payment"), _("Fulfilment"))
    rows = [_draft(draft, zone) for draft in result.preview]
    title = escape(_("The first orders, as they will look"))
    st.html(f"<h3 class='ct-small'>{title}</h3>{table(heads, rows, numbers=(4,), kind='ct-wide')}")


def _draft(draft: Draft, zone: str) -> list[str]:
    names = (draft.name, draft.shipping_address.name, draft.billing_address.name, draft.email)
    customer = next((name for name in names if name), "—")
    items = " · ".join(f"{number(line.quantity.normalize() + 0)} × {line.name}" for line in draft.lines[:2])
    more = f" +{len(draft.lines) - 2}" if len(draft.lines) > 2 else ""
    texts = (shown_number(draft.number), moment(draft.placed_at, zone), customer, items + more)
    return [
        *(escape(text) for text in texts),
        escape(shown(draft.total, draft.currency, current())),
        html(payment_badge(draft.payment_status)),
        html(fulfilment_badge(draft.fulfilment_status)),
    ]


def findings(found: Sequence[Finding], title: str, is_open: bool) -> None:
    """A table of row, column, value and reason."""
    if not found:
        return
    heads = (_("Row"), _("Order"), _("Column"), _("Value"), _("Reason"))
    rows = [
        [
            escape(cell) or "—"
            for cell in (number(one.row) if one.row else "", one.order_number, one.column, one.value, one.reason)
        ]
        for one in found[:SHOWN]
    ]
    with st.expander(title, expanded=is_open):
        st.html(table(heads, rows, kind="ct-wide"))
        if len(found) > SHOWN:
            st.html(f"<div class='ct-quiet'>{escape(n_('{count} more', '{count} more', len(found) - SHOWN))}</div>")
