"""Making alerts, trying them, pausing and letting them go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from data import alerts
from data.ids import new_id
from data.store import Row
from services import clock, query
from services.alerts.alert import Alert, Comparison, Span, State, as_row, of_row, state_of
from services.alerts.watching import Looked, look
from services.analytics import Figure
from services.analytics.meanings import MEANINGS
from services.errors import Conflict, Invalid, NotFound, store_errors
from services.language import _
from services.people import Actor
from services.shop import Shop

LONGEST_TITLE, MOST = 120, 50
LARGEST = Decimal("1e12")
# What an alert can be about: figures with an amount, not days.
FIGURES: tuple[Figure, ...] = tuple(one for one, meaning in MEANINGS.items() if meaning.type.is_figure)


@dataclass(frozen=True, slots=True)
class Standing:
    """An alert and how it stands; `alert` is None when it asks for what is known no more."""

    id: str
    title: str
    alert: Alert | None
    state: State


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks to be told of."""

    title: str
    figure: Figure
    query: str
    span: Span
    comparison: Comparison
    threshold: Decimal
    least: int = 0
    currency: str = ""
    from_hour: int = 0
    until_hour: int = 24
    tells_mail: bool = True
    tells_push: bool = True
    tells_end: bool = False


def alerts_of(shop: Shop) -> list[Standing]:
    """Every alert, oldest first."""
    with store_errors(), shop.store.read() as read:
        return [_standing(row) for row in alerts.every(read)]


def make(shop: Shop, wanted: Wanted, actor: Actor) -> Alert:
    """Watch something from now on. Raises `Invalid` with a sentence per field, `Conflict` when there are too many."""
    alert, now = _checked(wanted), clock.now()
    with store_errors(), shop.store.write() as write:
        if len(alerts.every(write)) >= MOST:
            raise Conflict(_("There are {count} alerts already. Remove one first.", count=MOST))
        alerts.keep(write, as_row(alert) | {"created_at": now, "updated_at": now, "actor": actor.name})
    return alert


def change(shop: Shop, alert_id: str, wanted: Wanted, actor: Actor) -> Alert:
    """Watch something else in its place; how it stood is forgotten. Raises `Invalid`, `NotFound`."""
    with store_errors(), shop.store.write() as write:
        row = _known(alerts.one(write, alert_id))
        alert = replace(_checked(wanted), id=row["id"], is_paused=row["is_paused"])
        kept = {"created_at": row["created_at"], "updated_at": clock.now(), "actor": actor.name}
        alerts.keep(write, as_row(alert) | kept)
        alerts.forget_state(write, row["id"])
    return alert


def pause(shop: Shop, alert_id: str, is_paused: bool) -> None:
    """Watch it no more, or again: then it begins anew. Raises `NotFound`."""
    with store_errors(), shop.store.write() as write:
        row = _known(alerts.one(write, alert_id))
        alerts.pause(write, row["id"], is_paused)
        alerts.forget_state(write, row["id"])


def remove(shop: Shop, alert_id: str) -> None:
    """Let it go."""
    with store_errors(), shop.store.write() as write:
        alerts.remove(write, alert_id)


def tried(shop: Shop, some: list[Alert], now: datetime | None = None) -> dict[str, Looked]:
    """How the figures of alerts stand now, by the alert's id; nobody is told."""
    return look(shop, some, now or clock.now(), shop.profile())


def draft(wanted: Wanted) -> Alert:
    """An alert that is not kept, to try it. Raises `Invalid`."""
    return _checked(wanted)


def _checked(wanted: Wanted) -> Alert:
    wrong: dict[str, str] = {}
    title = " ".join(wanted.title.split())
    if not title or len(title) > LONGEST_TITLE:
        wrong["title"] = _("Give a title of at most {most} characters.", most=LONGEST_TITLE)
    if not wanted.threshold.is_finite() or abs(wanted.threshold) >= LARGEST:
        wrong["threshold"] = _("This is no amount to compare with.")
    if not 0 <= wanted.least <= 1_000_000:
        wrong["least"] = _("This takes a number from 0 to {most}.", most=1_000_000)
    if not (0 <= wanted.from_hour <= 23 and 1 <= wanted.until_hour <= 24 and wanted.from_hour != wanted.until_hour):
        wrong["from_hour"] = _("The first and the last hour must differ.")
    if not (wanted.tells_mail or wanted.tells_push):
        wrong["tells_mail"] = _("Choose a way to be told: by mail, by notification, or both.")
    try:
        text = query.write(query.parse(wanted.query))
    except Invalid as error:
        wrong["query"] = error.sentence
    if wrong:
        raise Invalid(" ".join(wrong.values()), wrong)
    return Alert(
        new_id(), title, wanted.figure, text, wanted.span, wanted.currency, wanted.comparison,
        wanted.threshold.quantize(Decimal("0.001")), wanted.least, wanted.from_hour, wanted.until_hour,
        wanted.tells_mail, wanted.tells_push, wanted.tells_end,
    )  # fmt: skip


def _standing(row: Row) -> Standing:
    try:
        alert = of_row(row)
    except (Invalid, ValueError):
        alert = None
    return Standing(row["id"], row["title"], alert, state_of(row))


def _known(row: Row | None) -> Row:
    if row is None:
        raise NotFound(_("This alert is not there any more."))
    return row
