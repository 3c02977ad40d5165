"""What can still be done about a job: stop it, stop or send its mails, undo it, try again what was not done."""

from __future__ import annotations

import streamlit as st

from pages.parts import asking, flash
from pages.parts.running import acting
from services import bulk, jobs
from services import shop as shops
from services.bulk import Mails
from services.jobs import Job
from services.language import _, n_


def buttons(job: Job, mails: Mails, place: str) -> None:
    """The buttons that make sense now; `place` tells those of one piece of screen from another's."""
    if job.state.is_open:
        st.button(_("Stop"), key=f"{place}_stop_{job.id}", on_click=_stop, args=(job.id,))
        return
    can_undo = job.done and not job.undoes and not job.undone_by
    if can_undo:
        st.button(_("Undo"), key=f"{place}_undo_{job.id}", on_click=_undo, args=(job.id,))
    if mails.waiting:
        said = _("Stop the mails")
        st.button(said, key=f"{place}_mails_{job.id}", on_click=_stop_mails, args=(job.id,))
        st.button(_("Send now"), key=f"{place}_send_{job.id}", on_click=_send_mails, args=(job.id,))
    if job.can_be_retried and not job.undone_by:
        st.button(_("Try the rest again"), key=f"{place}_retry_{job.id}", on_click=_retry, args=(job.id,))


@acting
def _stop(job_id: str) -> None:
    jobs.stop(shops.current(), job_id, asking.actor())


@acting
def _undo(job_id: str) -> None:
    bulk.undo(shops.current(), job_id, asking.actor())


@acting
def _stop_mails(job_id: str) -> None:
    count = bulk.stop_mails(shops.current(), job_id, asking.actor())
    flash.tell(n_("{count} mail was stopped.", "{count} mails were stopped.", count))


@acting
def _send_mails(job_id: str) -> None:
    bulk.send_mails(shops.current(), job_id, asking.actor())


@acting
def _retry(job_id: str) -> None:
    jobs.retry_failed(shops.current(), job_id)
