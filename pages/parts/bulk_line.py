"""The line above the orders that tells of an action on many of them: while it is under way, and as long as it can
still be stopped. It is read from the store, so it is there again after a reload and in every window."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape

import streamlit as st

from pages.parts import bulk_steps, bulk_words
from pages.parts.components import written
from pages.parts.places import JOBS
from pages.parts.remembered import remembered
from pages.parts.running import acting, live
from services import bulk, clock, jobs
from services import shop as shops
from services.bulk import Mails
from services.jobs import Job
from services.language import _
from services.messages.worker import mail_is_set_up
from services.shop import Shop

SHOWN_FOR = timedelta(minutes=10)  # after its end, where no mail waits longer
_CLOSED = "bulk_line_closed"


@live(every=1)
def show() -> None:
    """Draw the line of the newest job, if there is still something to say about it."""
    shop, now = shops.current(), clock.now()
    # asked every second by everybody who looks at the list
    job = remembered(shop, "newest job", lambda: next(iter(jobs.recent(shop, 1)), None))
    if job is None or st.session_state.get(_CLOSED) == (job.id, job.state):
        return
    mails = bulk.mails(shop, job.id)
    if _is_told(job, mails, now):
        _line(shop, job, mails, now)


def _is_told(job: Job, mails: Mails, now: datetime) -> bool:
    is_fresh = job.finished_at is not None and now - job.finished_at < SHOWN_FOR
    return job.state.is_open or is_fresh or bool(mails.waiting and mails.leave_at and mails.leave_at > now)


def _line(shop: Shop, job: Job, mails: Mails, now: datetime) -> None:
    st.html(f"<style>{written('bulk_line.css')}</style>")
    share = job.settled / job.item_count
    with st.container(key="bulk_line", horizontal=True, vertical_alignment="center"):
        if job.state.is_open:
            said = f"<b>{escape(bulk_words.title(job))}</b> · {escape(bulk_words.progress(job))}"
            st.html(
                f"<div class='ct-job' role='status'>{said}<div class='ct-bar' role='progressbar' aria-valuemin='0' "
                f"aria-valuemax='100' aria-valuenow='{share * 100:.0f}' aria-label='{escape(bulk_words.title(job))}'>"
                f"<i style='width:{share * 100:.1f}%'></i></div></div>"
            )
        else:
            kept = shop.profile()
            becomes = bulk_words.mails(mails, now, mail_is_set_up(shop.settings, kept), kept.rule("is_frozen"))
            told = [job.fault, bulk_words.counts(job), becomes]
            said = " ".join(escape(text) for text in told if text)
            title = escape(f"{bulk_words.title(job)} · {bulk_words.state(job)}")
            st.html(f"<div class='ct-job' role='status'><b>{title}</b><br>{said}</div>")
        bulk_steps.buttons(job, mails, "line")
        st.html(f"<a class='ct-link' href='{JOBS.address}?id={job.id}' target='_self'>{escape(_('Details'))}</a>")
        if not job.state.is_open:
            st.button("✕", key="bulk_line_close", help=_("Close"), on_click=_close, args=(job,))


@acting
def _close(job: Job) -> None:
    st.session_state[_CLOSED] = (job.id, job.state)
