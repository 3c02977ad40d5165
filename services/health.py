"""Whether all of it works, part by part, with a sentence where it does not: for `/healthz` and the System screen."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from services import clock, counting
from services.errors import ShopError
from services.goods import files
from services.language import _, n_, number
from services.messages.states import MessageState
from services.messages.worker import mail_is_set_up
from services.shop import Shop

LATE = timedelta(minutes=15)  # a mail that was to leave before that is stuck
LITTLE, SHARE = 1_000_000_000, 0.05  # bytes, and share of the disk, below which room gets short
NONE_LEFT = 100_000_000  # bytes below which a change may fail


class Light(StrEnum):
    """How a part fares."""

    OK = "ok"
    ATTENTION = "attention"
    FAILED = "failed"


class Part(StrEnum):
    """What is looked at."""

    STORE = "store"
    WORKER = "worker"
    UPKEEP = "upkeep"
    MAIL = "mail"
    DISK = "disk"


@dataclass(frozen=True, slots=True)
class State:
    """How a part fares, and the sentence that says what is wrong and what to do; empty while nothing is."""

    light: Light
    sentence: str = ""


FINE = State(Light.OK)


def parts(shop: Shop, alive: Mapping[str, bool], now: datetime) -> dict[Part, State]:
    """Every part. `alive` says which threads of this process run."""
    store = _store(shop)
    return {
        Part.STORE: store,
        Part.WORKER: _worker(alive),
        Part.UPKEEP: _upkeep(alive),
        Part.MAIL: _mail(shop, now) if store is FINE else FINE,
        Part.DISK: _disk(shop),
    }


def _store(shop: Shop) -> State:
    try:
        counting.check(shop)
    except ShopError as error:
        return State(Light.FAILED, error.sentence)
    return FINE


def _worker(alive: Mapping[str, bool]) -> State:
    return FINE if alive.get("worker") else State(Light.FAILED, _("The message worker does not run."))


def _upkeep(alive: Mapping[str, bool]) -> State:
    if all(is_alive for name, is_alive in alive.items() if name != "worker"):
        return _clock()
    return State(Light.ATTENTION, _("What the shop does by itself has stopped. Start Comptoir again."))


def _clock() -> State:
    """What happens by the clock is due late when it was set back."""
    minutes = int(clock.set_back().total_seconds() // 60)
    if minutes < 1:
        return FINE
    return State(
        Light.ATTENTION,
        n_(
            "The clock of this computer was set back by {count} minute while Comptoir ran: what happened in that time "
            "stands later than what happens now.",
            "The clock of this computer was set back by {count} minutes while Comptoir ran: what happened in that time "
            "stands later than what happens now.",
            minutes,
        ),
    )


def _mail(shop: Shop, now: datetime) -> State:
    try:
        profile, told = shop.profile(), counting.outbox(shop)
    except ShopError:  # the store's own light says it
        return FINE
    if not mail_is_set_up(shop.settings, profile):
        return State(Light.ATTENTION, _("Mail is not set up: messages are kept here and reach nobody."))
    if profile.rule("is_frozen"):
        return State(Light.ATTENTION, _("The shop is frozen: nothing leaves until sending goes on in Messages."))
    waiting, oldest = told.get(MessageState.WAITING, (0, now))
    if waiting and now - oldest > LATE:
        minutes = int((now - oldest).total_seconds() // 60)
        return State(
            Light.ATTENTION,
            n_(
                "Mails do not leave: the oldest was due {count} minute ago. Check the mail service and its key.",
                "Mails do not leave: the oldest was due {count} minutes ago. Check the mail service and its key.",
                minutes,
            ),
        )
    return FINE


def _disk(shop: Shop) -> State:
    """The disks under the store and under the files; a place elsewhere (S3) has none."""
    places = [Path(shop.settings.store).parent] if shop.store.home.is_embedded else []
    sold = files.folder(shop.settings)
    places += [sold] if sold else []
    for place in places:
        try:
            usage = shutil.disk_usage(_existing(place))
        except OSError as error:
            return State(Light.FAILED, _("The disk cannot be read: {reason}.", reason=error.strerror))
        if usage.free < NONE_LEFT:
            return State(Light.FAILED, _("The disk is full: changes will be refused. Make room on it now."))
        if usage.free < LITTLE and usage.free < SHARE * usage.total:
            left = number(usage.free // 1_000_000)
            return State(Light.ATTENTION, _("{size} MB are left on the disk. Make room before it is full.", size=left))
    return FINE


def _existing(place: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next((one for one in [place, *place.parents] if one.exists()), Path("/"))
