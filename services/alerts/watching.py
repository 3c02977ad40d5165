"""Watching alerts: asked every minute while the app runs, told once when they begin.

Figures of the same orders are asked together. The store is written only when an alert turns: in the same transaction
as its messages, after looking at how it stands by then, so that two processes tell it once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from data import alerts
from data.store import Reader, Row, Writer
from services import language, query
from services.alerts import words
from services.alerts.alert import Alert, State, Turning, of_row, state_of, turned
from services.analytics import Asked, ColumnType, Figure, ask
from services.analytics.meanings import MEANINGS
from services.errors import Invalid, store_errors
from services.language import _
from services.messages import drafting, letter, outbox, push
from services.messages.kinds import Template
from services.messages.wording import line, render
from services.profile import Profile, profile
from services.shop import Shop

FIRST, EVERY = 45.0, 60.0  # seconds after the start, and between two looks

log = logging.getLogger("comptoir")


@dataclass(frozen=True, slots=True)
class Looked:
    """What an alert's question answered: its figure, what a ratio is made of (None for others), and whether the
    condition holds; or why it could not be asked."""

    value: Decimal | None = None
    base: Decimal | None = None
    holds: bool = False
    fault: str = ""


def alerts_turn(shop: Shop, now: datetime) -> Sequence[str]:
    """Look at every alert that is watched now, and tell those that turned."""
    with store_errors(), shop.store.read() as read:
        rows = alerts.every(read)
        rules = profile(read, shop.settings)
    with language.use(rules.language):
        watched = [(alert, row) for row in rows if (alert := _readable(row)) and _is_watched(alert, now, rules)]
        found = look(shop, [alert for alert, _row in watched], now, rules) if watched else {}
        told = [_settle(shop, alert, row, found[alert.id], now, rules) for alert, row in watched]
    return [f"alert {one.title}: {turning}" for (one, _row), turning in zip(watched, told, strict=True) if turning]


def look(shop: Shop, watched: Iterable[Alert], now: datetime, rules: Profile) -> dict[str, Looked]:
    """How the figures of alerts stand, each by the alert's id: one question for all that are of the same orders."""
    together: dict[tuple[str, str, str], list[Alert]] = {}
    for alert in watched:
        together.setdefault((alert.query, alert.span.text, alert.currency), []).append(alert)
    found: dict[str, Looked] = {}
    with store_errors(), shop.store.read() as read:
        for some in together.values():
            try:
                found |= _asked(shop, read, some, now, rules)
            except Invalid as error:
                found |= {alert.id: Looked(fault=error.sentence) for alert in some}
    return found


def _asked(shop: Shop, read: Reader, some: Sequence[Alert], now: datetime, rules: Profile) -> dict[str, Looked]:
    figures: list[Figure] = []
    for alert in some:
        figures += [alert.figure, *([alert.base] if alert.base else [])]
    filter = query.parse(some[0].query) & some[0].span.as_filter(now, rules.time_zone)
    rows = ask(shop, Asked(tuple(dict.fromkeys(figures)), (), filter, currency=some[0].currency), read).rows
    row = rows[0] if rows else {}
    return {alert.id: _looked(alert, row) for alert in some}


def _looked(alert: Alert, row: Row) -> Looked:
    """No row at all is nothing of everything: no order, no attempt; times and shares of nothing are not known."""
    is_known = MEANINGS[alert.figure].type in (ColumnType.MONEY, ColumnType.COUNT, ColumnType.QUANTITY)
    raw = row.get(alert.figure.value, 0 if is_known else None)
    value = None if raw is None else Decimal(raw)
    base = Decimal(row.get(alert.base.value, 0)) if alert.base else None
    return Looked(value, base, alert.holds(value, base))


def _settle(shop: Shop, alert: Alert, row: Row, found: Looked, now: datetime, rules: Profile) -> Turning | None:
    state = state_of(row)
    if found.fault:
        if found.fault != state.sentence:
            _note(shop, alert, replace(state, sentence=found.fault, value_at=now))
        return None
    after, turning = turned(state, found.holds, found.value, now)
    if turning is None and after == state:
        return None
    with store_errors(), shop.store.write() as write:
        kept = alerts.one(write, alert.id)
        if kept is None or kept["is_paused"] or kept["updated_at"] != row["updated_at"]:
            return None  # it was changed meanwhile: the next look is at what it is now
        state = state_of(kept)
        after, turning = turned(state, found.holds, found.value, now)
        _keep(write, alert, after)
        if turning is Turning.RAISED or (turning is Turning.OVER and alert.tells_end):
            _tell(write, alert, after, turning, found, now, rules, shop.settings.public_url)
    return turning


def _tell(
    write: Writer, alert: Alert, state: State, turning: Turning, found: Looked, now: datetime, rules: Profile, url: str
) -> None:
    """Mail and push, in the transaction in which it turned. The moment it began is part of their keys."""
    template = Template.ALERT if turning is Turning.RAISED else Template.ALERT_OVER
    key = f"{template}:{alert.id}:{state.since.isoformat() if state.since else ''}"
    values = {
        **letter.frame(rules, rules.language),
        "title": line(alert.title),
        "said": line(words.found(alert, found.value, found.base, rules.currency)),
        "condition": line(words.condition(alert, rules.currency)),
        "covers": words.covers(alert, now, rules.time_zone),
        "since": language.moment(state.since, rules.time_zone) if state.since else "",
        "url": f"{url}/boards?show=alerts",
    }
    to = line(rules.merchant_email)
    if alert.tells_mail and to:
        mail = drafting.row(
            template,
            render(template, rules.language, values),
            rules.language,
            to=to,
            sender=rules.sender_email,
            now=now,
            send_after=now,
            key=key,
        )
        outbox.put(write, [mail])
    if alert.tells_push:
        title = values["title"] if turning is Turning.RAISED else _("Fine again: {title}", title=values["title"])
        push.tell_alert(write, template, title, f"{values['said']} · {values['condition']}", rules, now, key)


def _note(shop: Shop, alert: Alert, state: State) -> None:
    with store_errors(), shop.store.write() as write:
        if alerts.one(write, alert.id):
            _keep(write, alert, state)


def _keep(write: Writer, alert: Alert, state: State) -> None:
    alerts.note(
        write,
        {
            "alert_id": alert.id,
            "is_raised": state.is_raised,
            "since": state.since,
            "told_at": state.told_at,
            "value": state.value,
            "value_at": state.value_at,
            "sentence": state.sentence,
        },
    )


def _is_watched(alert: Alert, now: datetime, rules: Profile) -> bool:
    return not alert.is_paused and alert.is_watched(now, rules.time_zone)


def _readable(row: Row) -> Alert | None:
    try:
        return of_row(row)
    except (Invalid, ValueError):
        log.warning("The alert %s asks for what is known no more.", row["id"])
        return None
