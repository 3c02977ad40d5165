"""Backups on the System screen: the last one and its trial with their dates, what lies in the folder, when the next is
made; and the rules of it all."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from pages.parts import flash, pairs, settings_saving
from pages.parts.badges import html as badge
from pages.parts.escaping import md
from pages.parts.moments import short
from pages.parts.running import acting, live
from pages.parts.system_process import megabytes
from pages.parts.tables import table
from services import clock
from services import shop as shops
from services.backups import making, scheduled
from services.backups.runs import Kind, Outcome, Run
from services.backups.standing import Standing, standing
from services.errors import Invalid, ShopError
from services.language import _, n_, number
from services.orders.words import Role
from services.profile import Profile
from services.shop import Shop

_RULES = (scheduled.FOLDER, scheduled.HOUR, scheduled.DAILY, scheduled.WEEKLY)
_SHOWN = 12  # backups in the table


def show(shop: Shop) -> None:
    """Draw the card; it follows a backup that is under way."""
    with st.container(key="card_backups"):
        st.subheader(md(_("Backups")), anchor=False)
        _said()
        with st.expander(md(_("Folder, hour, how many are kept"))):
            _form(shop.profile())


def alarm(shop: Shop) -> str:
    """What the first page says of backups: a sentence while one is missed, failed, or did not pass its trial."""
    return standing(shop, clock.now()).trouble


@live(every=4)
def _said() -> None:
    shop = shops.current()
    now, zone = clock.now(), shop.profile().time_zone
    stands = standing(shop, now)
    if notice := _notice(stands):
        st.html(notice)
    pairs_ = [
        (_("Last backup"), _ended(stands.last, zone)),
        (_("Last trial restore"), _ended(stands.drill, zone)),
        (_("Next backup"), escape(short(stands.next_at, now, zone)) if stands.next_at else "—"),
        (_("Folder"), escape(str(stands.folder)) if stands.folder else "—"),
    ]
    st.html(pairs.lines_of_html(pairs_))
    if missing := making.left_out(shop.settings):
        st.html(f"<p class='ct-quiet'>{escape(missing)}</p>")
    if stands.folder and (listed := _listed(stands.folder, zone)):
        st.html(listed)
    with st.container(horizontal=True):
        is_off = stands.running is not None or stands.folder is None
        st.button(_("Back up now"), key="backup_now", on_click=_ask, args=(Kind.BACKUP,), disabled=is_off)
        can_try = not is_off and stands.last is not None
        st.button(_("Try the last one"), key="drill_now", on_click=_ask, args=(Kind.DRILL,), disabled=not can_try)


def _notice(stands: Standing) -> str:
    if stands.running:
        said = {
            Kind.BACKUP: _("A backup is being made. Go on working meanwhile."),
            Kind.DRILL: _("The last backup is being tried. Go on working meanwhile."),
        }[stands.running.kind]
        return f"<p class='ct-quiet'>{escape(said)}</p>"
    if stands.folder is None:
        said = _("No backups are made by themselves. Name a folder below, better on another disk, to have one a day.")
        return f"<div class='ct-notice ct-notice-waiting'>{escape(said)}</div>"
    if stands.trouble:
        way = _("Mend what it names, then ask for another one here; until one is made it is tried again every hour.")
        return f"<div class='ct-notice ct-notice-bad'><b>{escape(stands.trouble)}</b><span>{escape(way)}</span></div>"
    if stands.last is None:
        return f"<p class='ct-quiet'>{escape(_('The first backup is made within minutes.'))}</p>"
    if stands.drill is None:
        return ""
    said = _("The last backup that was tried restores and is sound.")
    return f"<div class='ct-notice ct-notice-good'>{escape(said)}</div>"


def _ended(run: Run | None, zone: str) -> str:
    """When a run ended and how, as HTML."""
    if run is None or run.ended_at is None:
        return "—"
    when = escape(short(run.ended_at, clock.now(), zone))
    if run.outcome is Outcome.FAILED:
        return f"{when} {badge({'sign': '!', 'role': Role.BAD.value, 'word': _('Failed')})}"
    told = n_("{count} order", "{count} orders", run.orders)
    return f"{when} · {escape(told)} · {escape(megabytes(run.bytes))}"


def _listed(folder: Path, zone: str) -> str:
    """The backups that lie there, as a table that opens."""
    found = scheduled.kept(folder)
    if not found:
        return ""
    rows = [
        [
            escape(short(one.made_at, clock.now(), zone)),
            escape(number(one.orders)),
            escape(megabytes(one.bytes)),
            f"<span class='ct-quiet'>{escape(one.name)}</span>",
        ]
        for one in found[:_SHOWN]
    ]
    title = n_("{count} backup lies there", "{count} backups lie there", len(found))
    heads = [_("Made"), _("Orders"), _("Size"), _("Name")]
    return f"<details><summary>{escape(title)}</summary>{table(heads, rows, numbers=(1, 2))}</details>"


def _form(kept: Profile) -> None:
    with st.form("backups", border=False):
        st.text_input(
            _("Folder of the backups"),
            kept.rule(scheduled.FOLDER),
            key=f"set_{scheduled.FOLDER}",
            max_chars=500,
            placeholder=shops.current().settings.backups or "/srv/backups/comptoir",
            help=md(_("On the machine that runs Comptoir. Empty: the one of COMPTOIR_BACKUPS, or none.")),
        )
        hour, days, weeks = st.columns(3)
        hour.number_input(_("At the hour"), 0, 23, kept.rule(scheduled.HOUR), key=f"set_{scheduled.HOUR}")
        days.number_input(_("Days kept"), 1, 365, kept.rule(scheduled.DAILY), key=f"set_{scheduled.DAILY}")
        weeks.number_input(_("Weeks kept"), 0, 520, kept.rule(scheduled.WEEKLY), key=f"set_{scheduled.WEEKLY}")
        st.form_submit_button(_("Save"), on_click=_save, type="primary")


@acting
def _save() -> None:
    changes = {name: st.session_state[f"set_{name}"] for name in _RULES}
    try:
        scheduled.try_folder(str(changes[scheduled.FOLDER]).strip())
    except Invalid as error:
        return flash.tell(error.sentence, is_bad=True)
    settings_saving.save(changes)


@acting
def _ask(kind: Kind) -> None:
    try:
        scheduled.ask(shops.current(), kind)
    except ShopError as error:
        flash.tell(error.sentence, is_bad=True)
