"""What was done to many orders at once: every such action with its result, newest first; one of them whole."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import bulk_result, bulk_words, flash
from pages.parts.components import written
from pages.parts.places import JOBS
from pages.parts.running import drawing
from pages.parts.tables import table
from services import jobs, people
from services import shop as shops
from services.jobs import Job
from services.language import _, moment
from services.shop import Shop


@drawing
def show() -> None:
    """Draw the list, or the job that the address names."""
    shop = shops.current()
    job_id = st.query_params.get("id", "")
    if job_id:
        job = jobs.job(shop, job_id)
        st.html(f"<style>{written('bulk_line.css')}</style>")
        st.html(f"<a class='ct-link' href='{JOBS.address}' target='_self'>← {escape(JOBS.title())}</a>")
        st.title(bulk_words.title(job))
        flash.show()
        bulk_result.show(job.id)
        return
    st.title(JOBS.title())
    flash.show()
    _list(shop, jobs.recent(shop))


def _list(shop: Shop, found: list[Job]) -> None:
    st.html(f"<style>{written('order.css')}</style>")
    with st.container(key="card_jobs"):
        if not found:
            said = _("Nothing yet. Tick orders in the list and choose what to do with them.")
            st.html(f"<p class='ct-quiet ct-flat'>{escape(said)}</p>")
            return
        zone = shop.profile().time_zone
        heads = [_("When"), _("Action"), _("Who"), _("State"), _("Result")]
        st.html(table(heads, [_row(job, zone) for job in found]))


def _row(job: Job, zone: str) -> list[str]:
    link = f"<a href='{JOBS.address}?id={job.id}' target='_self'>{escape(bulk_words.title(job))}</a>"
    result = bulk_words.progress(job) if job.state.is_open else bulk_words.counts(job)
    when, who = moment(job.created_at, zone), people.shown(job.actor)
    return [escape(when), link, escape(who), escape(bulk_words.state(job)), escape(result)]


show()
