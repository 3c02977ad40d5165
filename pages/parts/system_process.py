"""What runs here: version, store and its size, engine, since when, memory, browsers, threads."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import pairs
from pages.parts.escaping import md
from services import counting, system
from services.language import _, moment, number
from services.shop import Shop


def show(shop: Shop) -> None:
    """Draw the card."""
    now = system.process()
    zone = shop.profile().time_zone
    with st.container(key="card_process"):
        st.subheader(md(_("What runs here")), anchor=False)
        st.html(
            pairs.lines(
                [
                    (_("Version"), now.version),
                    (_("Order store"), shop.store.home.name),
                    (_("Size of the store"), megabytes(counting.size(shop))),
                    (_("Engine"), f"{now.engine} · Python {now.python}"),
                    (_("Process"), _("{number} on {machine}", number=now.number, machine=now.machine)),
                    (_("Runs since"), moment(now.since, zone)),
                    (_("Memory"), megabytes(now.memory)),
                    (_("Browsers connected"), number(now.sessions)),
                ]
            )
            + _threads(dict(now.threads))
        )


def megabytes(size: int) -> str:
    """Bytes for people; empty when it is not known."""
    if not size:
        return ""
    if size >= 1_000_000_000:
        return _("{size} GB", size=number(round(size / 100_000_000) / 10))
    return _("{size} MB", size=number(max(1, round(size / 1_000_000))))


def _threads(alive: dict[str, bool]) -> str:
    """Each thread with whether it runs."""
    names = {
        "worker": _("sends mails"),
        "upkeep": _("does what is due"),
        "jobs": _("does jobs"),
        "webhooks": _("reads webhooks"),
        "push": _("sends notifications"),
    }
    shown = (
        f"<span class='ct-badge ct-role-{'good' if runs else 'bad'}'><span aria-hidden='true'>{'■' if runs else '!'}"
        f"</span>{escape(names.get(name, name))}</span>"
        for name, runs in alive.items()
    )
    return f"<div class='ct-threads' aria-label='{escape(_('Threads'))}'>{''.join(shown)}</div>" if alive else ""
