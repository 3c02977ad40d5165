"""What waits to be done: messages, jobs, webhooks, each with how long and where to look."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import streamlit as st

from pages.parts import badges
from pages.parts.escaping import md
from pages.parts.places import JOBS, MESSAGES
from pages.parts.running import live
from pages.parts.tables import table
from services import clock, system
from services import shop as shops
from services.language import _, ago, number
from services.shop import Shop
from services.system import Queue, Waiting


def show(_shop: Shop) -> None:
    """Draw the card; it follows what happens."""
    with st.container(key="card_queue"):
        st.subheader(md(_("What waits")), anchor=False)
        _rows()


@live(every=5)
def _rows() -> None:
    told = system.queue(shops.current())
    st.html(table([_("Kind of work"), _("How many"), _("Oldest")], list(_lines(told)), numbers=(1,)))


def _lines(told: Queue) -> Iterator[list[str]]:
    for state, waiting in told.messages.items():
        badge = badges.html(badges.message_badge(state.value))
        yield [f"{escape(MESSAGES.title())} {badge}", *_counted(waiting, MESSAGES.address)]
    yield [escape(_("Actions on many orders")), *_counted(told.jobs, JOBS.address)]
    yield [escape(_("Webhooks to be read")), *_counted(told.webhooks, "")]


def _counted(waiting: Waiting, address: str) -> list[str]:
    """How many, as a link to where they are, and how old the oldest is; what leaves later is not late."""
    count = escape(number(waiting.count))
    if waiting.count and address:
        count = f"<a href='{escape(address)}' target='_self'>{count}</a>"
    if waiting.since is None:
        return [count, "—"]
    now = clock.now()
    return [count, escape(ago(waiting.since, now) if waiting.since <= now else _("leaves later"))]
