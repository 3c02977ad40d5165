"""The imports so far, newest first: what each did, its rejects as a file, and its undo."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import asking, flash
from pages.parts.escaping import md
from pages.parts.list_table import shown_number
from pages.parts.places import ORDER
from pages.parts.running import acting
from services import shop as shops
from services.imports import history, rejects, undoing
from services.imports.result import Run, RunState
from services.language import _, moment, n_, number
from services.shop import Shop

SHOWN_ORDERS = 12


def show(shop: Shop, zone: str) -> None:
    """Draw a folded line for each run."""
    runs = history.history(shop)
    if not runs:
        st.html(f"<div class='ct-quiet'>{escape(_('Nothing was imported yet.'))}</div>")
    for run in runs:
        with st.expander(md(f"{run.file_name} · {moment(run.started_at, zone)} · {_fate(run)}")):
            _run(shop, run)


def _fate(run: Run) -> str:
    if run.undone_at:
        return _("undone")
    if run.state is not RunState.DONE:
        return {
            RunState.RUNNING: _("under way"),
            RunState.FAILED: _("failed: nothing was changed"),
            RunState.INTERRUPTED: _("broken off: nothing was changed"),
        }[run.state]
    return n_("{count} order", "{count} orders", run.orders)


def _run(shop: Shop, run: Run) -> None:
    figures = (
        (_("New"), run.new),
        (_("Changed"), run.changed),
        (_("Same"), run.same),
        (_("Rejected"), run.rejected),
        (_("Warnings"), run.warnings),
    )
    said = " · ".join(f"{escape(name)} {number(count)}" for name, count in figures)
    orders = history.orders_of(shop, run.id, SHOWN_ORDERS)
    links = " ".join(
        f"<a href='{ORDER.address}?id={order_id}' target='_self'>{escape(shown_number(number_))}</a>"
        for order_id, number_ in orders
    )
    st.html(
        f"<div>{said}</div><div class='ct-quiet'>{escape(run.source)} · {escape(run.format)}</div><div>{links}</div>"
    )
    with st.container(horizontal=True):
        if run.rejected:
            name, chunks = rejects.rejects_file(shop, run.id)
            st.download_button(
                _("Rejected rows as a file"),
                lambda: b"".join(chunks),
                name,
                key=f"rejects_{run.id}",
                on_click="ignore",
            )
        if run.state is RunState.DONE and not run.undone_at and run.new + run.changed:
            st.button(_("Undo this import"), key=f"undo_{run.id}", on_click=_undo, args=(run.id,))


@acting
def _undo(run_id: str) -> None:
    undone = undoing.undo(shops.current(), run_id, asking.actor())
    said = [n_("{count} order was taken out.", "{count} orders were taken out.", undone.removed)]
    if undone.restored:
        said.append(
            n_("{count} known order is what it was before.", "{count} known orders are what they were before.",
               undone.restored)
        )  # fmt: skip
    if undone.kept:
        numbers = ", ".join(shown_number(number_) for _id, number_ in undone.kept[:SHOWN_ORDERS])
        said.append(_("These were changed since and stay: {numbers}.", numbers=numbers))
    if undone.changed:
        said.append(n_("{count} known order stays as it is.", "{count} known orders stay as they are.", undone.changed))
    flash.tell(" ".join(said))
