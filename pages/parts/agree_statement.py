"""A bank's or a provider's list, dropped in, beside the money that moved in the period."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.parts.dropped import on_disk
from pages.parts.list_address import ListView
from pages.parts.tables import table
from pages.parts.tiles import Tile, tiles
from services.analytics import statements
from services.analytics.periods import Period
from services.analytics.statements import Laid, Ours, Statement
from services.language import _, current, day, n_
from services.money import shown
from services.orders.words import Role
from services.shop import Shop

MOST = 100  # rows of a table on the screen


def show(shop: Shop, period: Period, currency: str) -> None:
    """Draw the place for the file, and what it comes to beside ours."""
    st.html(f"<h2>{escape(_('A bank’s list'))}</h2>")
    given = st.file_uploader(_("CSV, TSV or XLSX, with an amount and a reference in each row"), key="agree_file")
    if given is None:
        quiet = _("Rows are matched by transaction, reference or order number with the money that moved in the period.")
        st.html(f"<p class='ct-quiet'>{escape(quiet)}</p>")
        return
    with on_disk(given, "list.csv") as path:
        statement = statements.read(path)
    amounts, references = _columns(statement)
    if amounts and references:
        _show(statements.lay(shop, statement, amounts, references, period.first, period.last, currency), currency)


def _columns(statement: Statement) -> tuple[str | None, str | None]:
    """Which column is the amount and which the reference: proposed, and to be put right."""

    def place(column: str) -> int | None:
        return statement.header.index(column) if column else None

    with st.container(horizontal=True):
        amounts = st.selectbox(
            _("Amount"), statement.header, place(statement.amount_column), key="agree_amounts", width=260
        )
        references = st.selectbox(
            _("Reference"), statement.header, place(statement.reference_column), key="agree_references", width=260
        )
    return amounts, references


def _show(laid: Laid, currency: str) -> None:
    def money(value: object) -> str:
        return shown(value, currency, current())  # type: ignore[arg-type]

    st.html(
        tiles(
            [
                Tile(_("We say"), money(laid.ours)),
                Tile(_("The list says"), money(laid.theirs)),
                Tile(_("Difference"), money(laid.gap), role=Role.GOOD if not laid.gap else Role.WAITING),
                Tile(_("The same in both"), n_("{count} row", "{count} rows", len(laid.same))),
            ]
        )
    )
    if laid.unread:
        lines = ", ".join(map(str, laid.unread[:10]))
        st.html(f"<p class='ct-quiet'>{escape(_('Lines whose amount cannot be read: {lines}', lines=lines))}</p>")
    _table(
        _("Amounts differ"),
        [_("Reference"), _("Order"), _("The list says"), _("We say")],
        [[escape(t.reference), _order(o), money(t.amount), money(o.amount)] for t, o in laid.differing],
        (2, 3),
    )
    _table(
        _("Only in the list"),
        [_("Line"), _("Reference"), _("Amount")],
        [[str(one.row), escape(one.reference), money(one.amount)] for one in laid.only_theirs],
        (2,),
    )
    _table(
        _("Only here"),
        [_("Day"), _("Order"), _("Reference"), _("Amount")],
        [[day(one.moved_on), _order(one), escape(one.reference), money(one.amount)] for one in laid.only_ours],
        (3,),
    )


def _order(one: Ours) -> str:
    return f"<a href='{escape(ListView().order_link(one.order_id))}' target='_self'>{escape(one.number)}</a>"


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> None:
    if not rows:
        return
    st.html(f"<h3>{escape(title)} <span class='ct-quiet'>{len(rows)}</span></h3>")
    st.html(table(heads, rows[:MOST], numbers=numbers))
    if len(rows) > MOST:
        st.html(f"<p class='ct-quiet'>{escape(_('The first {count} are shown.', count=MOST))}</p>")
