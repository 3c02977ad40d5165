"""Before an action on many orders: one preview for all of them, then one button.

The sheet opens from a flag of the session, so that it outlives reruns; its token is born with the question, so that a
double click starts one job.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from pages.parts import asking, badges, bulk_forms, flash, mail_frame
from pages.parts.components import written
from pages.parts.escaping import md
from pages.parts.list_table import shown_number
from pages.parts.pairs import lines, lines_of_html
from pages.parts.running import acting, drawing
from services import bulk
from services import shop as shops
from services.bulk import Bulk, Chosen, Preview, Refusal
from services.bulk.written import job_json
from services.errors import ShopError
from services.language import _, n_, number
from services.messages import words as mail_words
from services.orders import words
from services.orders.statuses import ActionName

_OPEN, _NEW, _CLEARED, _SEEN = "bulk_open", "bulk_new", "bulk_cleared", "bulk_previewed"
SHOWN_NUMBERS = 40  # of orders that are refused for one reason


@dataclass(frozen=True)
class Sheet:
    """A question on the screen: which action, on which orders as they were chosen; `q` when they are all that match."""

    action: ActionName
    chosen: Chosen
    q: str
    token: str


def ask(action: ActionName, chosen: Chosen, q: str) -> None:
    """Open the sheet of an action on these orders."""
    for name in [name for name in st.session_state if str(name).startswith("bulk_form_")]:
        del st.session_state[name]
    st.session_state[_OPEN] = Sheet(action, chosen, q, uuid.uuid4().hex)
    st.session_state[_NEW] = True


def open_if_asked() -> None:
    """For the piece of screen in which the question was asked: the sheet belongs to the whole screen."""
    if st.session_state.pop(_NEW, False):
        st.rerun()


def cleared() -> str:
    """Changes when something was started, so that the browser forgets what was ticked."""
    return str(st.session_state.get(_CLEARED, ""))


def show() -> None:
    """Draw the sheet that is open, if any."""
    st.session_state.pop(_NEW, None)
    sheet = st.session_state.get(_OPEN)
    if not isinstance(sheet, Sheet):
        return
    count = len(sheet.chosen.orders)
    title = f"{words.action(sheet.action)} · {n_('{count} order', '{count} orders', count)}"

    @st.dialog(md(title), width="medium", on_dismiss=close)
    @drawing
    def question() -> None:
        if st.session_state.get(_OPEN) != sheet:  # answered: the whole screen is drawn anew
            st.rerun()
        st.html(f"<style>{written('order.css')}{written('bulk_sheet.css')}</style>")
        _question(sheet)

    question()


@acting
def close() -> None:
    """Put the question away."""
    st.session_state.pop(_OPEN, None)
    st.session_state.pop(_SEEN, None)


def _question(sheet: Sheet) -> None:
    params = bulk_forms.ask(sheet.action)
    reason = str(params.pop("reason", ""))
    asked = Bulk(
        sheet.action, sheet.chosen.items, params, bool(st.session_state.get("bulk_form_tell", True)), reason, sheet.q
    )
    needed = bulk_forms.NEEDED.get(sheet.action)
    if needed and not (params.get(needed) or (needed == "reason" and reason.strip())):
        _buttons(sheet, asked, 0)
        return
    try:
        preview = _previewed(sheet, asked)
    except ShopError as error:
        st.html(f"<div class='ct-notice ct-notice-bad' role='alert'>{escape(error.sentence)}</div>")
        _buttons(sheet, asked, 0)
        return
    _say(preview, asked)
    _buttons(sheet, asked, preview.will_do)


def _previewed(sheet: Sheet, asked: Bulk) -> Preview:
    """Worked out once for what is asked, not at every key."""
    mark = json.dumps([sheet.token, asked.told()], default=str)
    kept: tuple[str, Preview] | None = st.session_state.get(_SEEN)
    if kept is None or kept[0] != mark:
        with st.spinner(_("Looking at every order…")):
            kept = (mark, bulk.preview(shops.current(), asked, asking.actor()))
        st.session_state[_SEEN] = kept
    return kept[1]


def _say(preview: Preview, asked: Bulk) -> None:
    figures = [(_("Will change"), preview.will_do, "good"), (_("Stay as they are"), preview.refused, "bad")]
    figures.append((_("Mails"), preview.mails, ""))
    told = "".join(
        f"<div class='ct-figure ct-role-{role if count else ''}'><b>{escape(number(count))}</b>"
        f"<span>{escape(name)}</span></div>"
        for name, count, role in figures
    )
    st.html(f"<div class='ct-figures'>{told}</div>")
    steps = [
        (
            n_("{count} order", "{count} orders", step.count),
            f"{_badge(step.field, step.before)} → {_badge(step.field, step.after)}",
        )
        for step in preview.steps
    ]
    if steps:
        st.html(f"<h3 class='ct-small'>{escape(_('What changes'))}</h3>{lines_of_html(steps)}")
    for sentence, count in preview.warnings:
        said = _("{what}: {why}", what=n_("{count} order", "{count} orders", count), why=sentence)
        st.html(f"<div class='ct-notice ct-notice-waiting'>{escape(said)}</div>")
    for index, refusal in enumerate(preview.refusals):
        _refused(refusal, index)
    if preview.mails or not asked.tell_customer:
        st.checkbox(_("Tell the customers"), True, key="bulk_form_tell")
    if preview.samples:
        _sample(preview)


def _badge(field: str, status: str) -> str:
    return badges.html(badges.payment_badge(status) if field == "payment_status" else badges.fulfilment_badge(status))


def _refused(refusal: Refusal, index: int) -> None:
    stay = n_("{count} order stays as it is", "{count} orders stay as they are", refusal.count)
    title = _("{what}: {why}", what=stay, why=refusal.sentence)
    with st.expander(md(title), key=f"bulk_refused_{index}"):
        numbers = [shown_number(told) or "—" for _id, told in refusal.orders[:SHOWN_NUMBERS]]
        rest = refusal.count - len(numbers)
        more = f" {n_('and {count} more', 'and {count} more', rest)}" if rest else ""
        st.html(f"<p class='ct-flat'>{escape(', '.join(numbers))}{escape(more)}</p>")


def _sample(preview: Preview) -> None:
    count = len(preview.samples)
    at = 0
    if count > 1:
        at = st.segmented_control(
            _("Mails to read first"),
            range(count),
            default=0,
            format_func=lambda index: preview.samples[index].message.to,
            key="bulk_form_sample",
        ) or 0  # fmt: skip
    letter = preview.samples[at]
    pairs = [(_("To"), letter.message.to), (_("Subject"), letter.message.subject)]
    said = _("All mails wait until every order is done, and then the cooling-off time. They can be stopped together.")
    st.html(
        f"<h3 class='ct-small'>{escape(mail_words.template(letter.message.template))}</h3>{lines(pairs)}"
        f"<p class='ct-quiet ct-flat'>{escape(said)}</p>"
    )
    mail_frame.show(letter.html, letter.message.subject, key=f"bulk_mail_{at}")


def _buttons(sheet: Sheet, asked: Bulk, will_do: int) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button(_("Not now"), key="bulk_close", on_click=close)
        said = f"{words.action(sheet.action)} · {n_('{count} order', '{count} orders', will_do)}"
        st.button(md(said), key="bulk_do", type="primary", disabled=not will_do, on_click=do, args=(sheet, asked))


@acting
def do(sheet: Sheet, asked: Bulk) -> None:
    """Start the job that the sheet asked for."""
    close()
    told: dict[str, Any] = asked.told()
    try:
        bulk.start_once(
            shops.current(), lambda: asked, asking.actor(), f"sheet-{sheet.token}", [sheet.token, told], job_json
        )
    except ShopError as error:
        flash.tell(error.sentence, is_bad=True)
        return
    st.session_state[_CLEARED] = sheet.token
