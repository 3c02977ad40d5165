"""One job whole: what was asked, how far it is, why orders were left, and what became of each."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import bulk_steps, bulk_words
from pages.parts.components import written
from pages.parts.list_table import shown_number
from pages.parts.pairs import lines
from pages.parts.places import JOBS, ORDER
from pages.parts.running import live
from pages.parts.tables import table
from services import bulk, clock, jobs, people
from services import shop as shops
from services.jobs import Job, Outcome, Row
from services.language import _, moment, n_
from services.messages.worker import mail_is_set_up

PAGE = 100  # results shown at once


@live(every=1)
def show(job_id: str) -> None:
    """Draw it, anew while something happens."""
    shop = shops.current()
    job, mails, rules = jobs.job(shop, job_id), bulk.mails(shop, job_id), shop.profile()
    st.html(f"<style>{written('order.css')}{written('bulk_line.css')}</style>")
    told = [
        (_("Asked by"), f"{people.shown(job.actor)}, {moment(job.created_at, rules.time_zone)}"),
        (_("State"), bulk_words.state(job)),
        (_("Orders"), bulk_words.progress(job) if job.state.is_open else bulk_words.counts(job)),
    ]
    about = str(job.about.get("about", ""))
    if about and not job.undoes:
        told.append((_("All that match"), about))
    reason = str(job.about.get("reason", ""))
    told += [(_("Reason"), reason)] if reason else []
    said = bulk_words.mails(mails, clock.now(), mail_is_set_up(shop.settings, rules), rules.rule("is_frozen"))
    told += [(_("Mails"), said)] if said else []
    told += [(_("Failed"), job.fault)] if job.fault else []
    with st.container(key="card_job"):
        st.html(lines(told))
        with st.container(horizontal=True):
            bulk_steps.buttons(job, mails, "job")
        for other, label in ((job.undoes, _("What it undoes")), (job.undone_by, _("Its undo"))):
            if other:
                st.html(f"<a href='{JOBS.address}?id={other}' target='_self'>{escape(label)}</a>")
    _reasons(job)
    _results(job)


def _reasons(job: Job) -> None:
    found = jobs.reasons(shops.current(), job.id)
    if found:
        with st.container(key="card_reasons"):
            st.html(f"<h2>{escape(_('Why orders were left'))}</h2>")
            rows = [[escape(n_("{count} order", "{count} orders", one.orders)), escape(one.sentence)] for one in found]
            st.html(table([_("Orders"), _("Reason")], rows))


def _results(job: Job) -> None:
    with st.container(key="card_results"):
        st.html(f"<h2>{escape(_('Order by order'))}</h2>")
        choices = [None, *(one for one in Outcome if getattr(job, one.value))]
        chosen = None
        if len(choices) > 2:
            chosen = st.segmented_control(
                _("Show"),
                choices,
                default=None,
                format_func=lambda one: bulk_words.outcome(one) if one else _("All"),
                key="job_outcome",
                label_visibility="collapsed",
            )
        total = getattr(job, chosen.value) if chosen else job.settled
        pages = max(1, -(-total // PAGE))
        page = st.number_input(_("Page"), 1, pages, key="job_page") if pages > 1 else 1
        rows = jobs.results(shops.current(), job.id, chosen, PAGE, (int(page) - 1) * PAGE)
        if rows:
            st.html(table([_("Order"), _("Result"), _("What was said")], map(_row, rows)))
        else:
            st.html(f"<p class='ct-quiet ct-flat'>{escape(_('Nothing yet.'))}</p>")


def _row(row: Row) -> list[str]:
    result = row.result
    link = (
        f"<a href='{ORDER.address}?id={result.order_id}' target='_self'>{escape(shown_number(row.number) or '—')}</a>"
    )
    sign = {Outcome.DONE: "✓", Outcome.REFUSED: "–", Outcome.FAILED: "✕"}[result.outcome]
    role = {Outcome.DONE: "good", Outcome.REFUSED: "waiting", Outcome.FAILED: "bad"}[result.outcome]
    badge = (
        f"<span class='ct-badge ct-role-{role}'><span aria-hidden='true'>{sign}</span>"
        f"{escape(bulk_words.outcome(result.outcome))}</span>"
    )
    mails = n_("{count} mail", "{count} mails", result.messages) if result.messages else ""
    said = " · ".join(part for part in (result.sentence, mails) if part)
    return [link, badge, escape(said)]
