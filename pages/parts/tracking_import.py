"""Tracking numbers from a carrier's file: drop it, see what each row would do, apply it as one step, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from pages.parts import asking
from pages.parts.dropped import on_disk
from pages.parts.list_table import shown_number
from pages.parts.places import ORDER
from pages.parts.running import acting, live
from pages.parts.tables import table as drawn_table
from pages.parts.tiles import Tile, tiles
from services import bulk, jobs
from services import shop as shops
from services.errors import ShopError
from services.language import _, n_, number
from services.orders.words import Role
from services.shop import Shop
from services.tracking_files import applying, matching
from services.tracking_files.applying import Seen
from services.tracking_files.columns import Column
from services.tracking_files.matching import Fate, Found, Matched
from services.tracking_files.reading import Table, read

_READ, _SEEN, _JOB, _ROUND = "tracking_table", "tracking_seen", "tracking_job", "tracking_round"
SHOWN = 100  # rows of a table on the screen


@dataclass(frozen=True)
class _Read:
    """A dropped file as it was read, and which column was guessed to be which."""

    file_id: str
    table: Table
    guess: dict[Column, str]


def show(shop: Shop) -> None:
    """Draw the card."""
    with st.container(key="card_tracking"):
        st.html(f"<h2>{escape(_('Tracking numbers from a carrier'))}</h2>")
        job_id = st.session_state.get(_JOB)
        if job_id:
            _result(job_id)
            return
        said = _("A carrier's list of parcels: CSV or Excel with a column for the order and one for the number.")
        st.html(f"<p class='ct-quiet ct-flat'>{escape(said)}</p>")
        given = st.file_uploader(
            _("A carrier's file"),
            ["csv", "tsv", "txt", "xlsx"],
            key=f"tracking_file_{st.session_state.get(_ROUND, 0)}",
            label_visibility="collapsed",
        )
        if given is None:
            return
        try:
            _looked_at(shop, _kept(shop, given))
        except ShopError as error:
            st.html(f"<div class='ct-notice ct-notice-bad' role='alert'>{escape(error.sentence)}</div>")


def _kept(shop: Shop, given: Any) -> _Read:
    """The dropped file, read once."""
    kept = st.session_state.get(_READ)
    if isinstance(kept, _Read) and kept.file_id == given.file_id:
        return kept
    with on_disk(given, "tracking") as path:
        table = read(path)
    made = _Read(given.file_id, table, matching.guess(shop, table))
    st.session_state[_READ] = made
    return made


def _looked_at(shop: Shop, kept: _Read) -> None:
    columns = _columns(kept)
    if not columns.get(Column.ORDER) or not columns.get(Column.TRACKING):
        said = _("Say which column names the order and which one holds the tracking number.")
        st.html(f"<div class='ct-notice ct-notice-waiting'>{escape(said)}</div>")
        return
    tells = bool(st.session_state.get("tracking_tell", True))
    matched, seen = _seen(shop, kept, columns, tells)
    _counts(seen)
    if seen.step:
        st.checkbox(_("Tell the customers"), True, key="tracking_tell")
        told = n_("{count} mail will be written.", "{count} mails will be written.", seen.mails)
        st.html(f"<p class='ct-quiet ct-flat'>{escape(told)}</p>")
    doubtful = [row for row in seen.rows if row.fate.changes and row.sentence]
    _rows(doubtful, n_("{count} row to look at again", "{count} rows to look at again", len(doubtful)), is_open=True)
    left = [row for row in seen.rows if row.fate is Fate.LEFT]
    _rows(left, n_("{count} row left out", "{count} rows left out", len(left)), is_open=True)
    fine = [row for row in seen.rows if row.fate is not Fate.LEFT and row not in doubtful]
    _rows(fine, n_("{count} row without a doubt", "{count} rows without a doubt", len(fine)), is_open=False)
    does = sum(row.fate.changes for row in seen.rows)
    st.button(
        n_("Apply to {count} order", "Apply to {count} orders", does) if does else _("Nothing to apply"),
        type="primary",
        key="tracking_do",
        disabled=seen.step is None,
        on_click=_apply,
        args=(matched, tells),
    )


def _columns(kept: _Read) -> dict[Column, str]:
    """Which column is which, as guessed or as said."""
    names = ["", *kept.table.header]
    left, right = st.columns(2)
    columns = dict(kept.guess)
    for place, column, label in (
        (left, Column.ORDER, _("Column of the order")),
        (right, Column.TRACKING, _("Column of the tracking number")),
    ):
        guess = kept.guess.get(column, "")
        columns[column] = place.selectbox(
            label,
            names,
            names.index(guess),
            format_func=lambda name: name or "—",
            key=f"tracking_{column}_{kept.file_id}",
        )
    return columns


def _seen(shop: Shop, kept: _Read, columns: dict[Column, str], tells: bool) -> tuple[Matched, Seen]:
    """The file matched and previewed; once for the same question, since thousands of rows take a moment."""
    question = (kept.file_id, tuple(sorted(columns.items())), tells)
    known = st.session_state.get(_SEEN)
    if known and known[0] == question:
        return known[1], known[2]
    matched = matching.matched(shop, kept.table, columns)
    seen = applying.preview(shop, matched, asking.actor(), tell_customer=tells)
    st.session_state[_SEEN] = (question, matched, seen)
    return matched, seen


def _counts(seen: Seen) -> None:
    counts = {fate: sum(row.fate is fate for row in seen.rows) for fate in Fate}
    left = Role.BAD if counts[Fate.LEFT] else Role.OVER
    figures = (
        (_("Become shipped"), counts[Fate.SHIP], Role.MOVING),
        (_("Get their number"), counts[Fate.ADD], Role.MOVING),
        (_("Known already"), counts[Fate.SAME], Role.OVER),
        (_("Left out"), counts[Fate.LEFT], left),
    )
    st.html(tiles(Tile(label, number(count), role=role) for label, count, role in figures))


def _rows(rows: list[Found], title: str, is_open: bool) -> None:
    if not rows:
        return
    heads = (_("Row"), _("Order"), _("Tracking number"))
    with st.expander(title, expanded=is_open):
        st.html(drawn_table(heads, [_row(row) for row in rows[:SHOWN]], kind="ct-tracked"))
        if len(rows) > SHOWN:
            more = n_("{count} more", "{count} more", len(rows) - SHOWN)
            st.html(f"<div class='ct-quiet'>{escape(more)}</div>")


def _row(row: Found) -> list[str]:
    order = escape(shown_number(row.number) if row.number else row.reference) or "—"
    if row.order_id:
        order = f"<a href='{ORDER.address}?id={row.order_id}' target='_self'>{order}</a>"
    does = {
        Fate.SHIP: _("Marks the order as shipped."),
        Fate.ADD: _("Adds the number to its parcel."),
        Fate.SAME: _("The order has this tracking number already."),
        Fate.LEFT: "",
    }[row.fate]
    said = row.sentence if row.fate is Fate.LEFT or not row.sentence else f"{does} {row.sentence}"
    number_ = escape(row.tracking_number[:80]) or "—"
    under = f"<span class='ct-under'>{escape(said or does)}</span>"
    return [number(row.row), order, f"<span class='ct-tracking'>{number_}</span>{under}"]


@live(every=1)
def _result(job_id: str) -> None:
    """How far the step is, then what it did; with its undo."""
    shop = shops.current()
    job = jobs.job(shop, job_id)
    if job.state.is_open:
        said = _("{done} of {count} orders", done=number(job.settled), count=number(job.item_count))
        st.progress(job.settled / max(job.item_count, 1), text=said)
        return
    undone = jobs.job(shop, job.undone_by) if job.undone_by else None
    done = n_("{count} order has its number.", "{count} orders have their number.", job.done)
    if undone is not None:
        done = _("Taking it back") if undone.state.is_open else _("Taken back: the orders are as they were.")
    st.html(f"<div class='ct-notice ct-notice-good' role='status'>{escape(done)}</div>")
    for reason in jobs.reasons(shop, job_id):
        said = f"{number(reason.orders)} × {reason.sentence}"
        st.html(f"<div class='ct-notice ct-notice-waiting'>{escape(said)}</div>")
    mails = bulk.mails(shop, job_id)
    if mails.stopped:
        said = n_("{count} mail stopped.", "{count} mails stopped.", mails.stopped)
        st.html(f"<p class='ct-quiet ct-flat'>{escape(said)}</p>")
    with st.container(horizontal=True):
        if undone is None and job.done:
            st.button(_("Undo"), key="tracking_undo", on_click=_undo, args=(job_id,))
            if mails.waiting:
                st.button(_("Stop the mails"), key="tracking_stop", on_click=_stop, args=(job_id,))
        st.button(_("Another file"), key="tracking_next", on_click=_next)


@acting
def _apply(matched: Matched, tells: bool) -> None:
    job = applying.apply(shops.current(), matched, asking.actor(), tell_customer=tells)
    st.session_state[_JOB] = job.id
    _forget()


@acting
def _undo(job_id: str) -> None:
    bulk.undo(shops.current(), job_id, asking.actor())


@acting
def _stop(job_id: str) -> None:
    bulk.stop_mails(shops.current(), job_id, asking.actor())


@acting
def _next() -> None:
    st.session_state.pop(_JOB, None)
    _forget()


def _forget() -> None:
    for key in (_READ, _SEEN):
        st.session_state.pop(key, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
