"""Freezing the shop: while it is frozen nothing leaves, to nobody; messages are still written and wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from data import messages, sending
from services import clock
from services.errors import store_errors
from services.messages.states import MessageEventKind, MessageState
from services.people import Actor
from services.profile import change, profile
from services.shop import Shop

AGES = (timedelta(hours=1), timedelta(hours=12), timedelta(days=1), timedelta(days=3))


@dataclass(frozen=True, slots=True)
class Held:
    """What would leave when the shop is resumed now: all of it, and how many are older than each of `AGES`."""

    count: int
    older: dict[timedelta, int]


def is_frozen(shop: Shop) -> bool:
    """Whether nothing leaves now."""
    return bool(shop.profile().rule("is_frozen"))


def freeze(shop: Shop, actor: Actor) -> None:
    """Let nothing leave from now on. What is in a request at this moment may still arrive."""
    _set(shop, actor, frozen=True)


def held(shop: Shop, now: datetime | None = None) -> Held:
    """What waits to leave."""
    at = now or clock.now()
    with store_errors(), shop.store.read() as read:
        ages = sending.waiting_since(read, MessageState.WAITING, at)
    return Held(len(ages), {age: sum(1 for since in ages if at - since > age) for age in AGES})


def resume(shop: Shop, actor: Actor, drop_older: timedelta | None = None, now: datetime | None = None) -> int:
    """Let messages leave again; how many were dropped, because they were written more than `drop_older` ago and should
    have left since. One transaction: nothing leaves in between."""
    at = now or clock.now()
    with store_errors(), shop.store.write() as write:
        ids = sending.stale(write, MessageState.WAITING, at, at - drop_older) if drop_older is not None else []
        if ids:
            messages.change(write, ids, {"state": MessageState.CANCELLED.value, "updated_at": at})
            messages.note(write, [(id_, MessageEventKind.STOPPED.value, actor.name) for id_ in ids], at)
        # what stays is wanted: it must not be set aside as too late only because the shop was frozen
        sending.put_off(write, MessageState.WAITING, at)
        change(write, shop.settings, {"is_frozen": False}, actor.name, at)
    return len(ids)


def _set(shop: Shop, actor: Actor, *, frozen: bool) -> None:
    with store_errors(), shop.store.write() as write:
        if bool(profile(write, shop.settings).rule("is_frozen")) is not frozen:
            change(write, shop.settings, {"is_frozen": frozen}, actor.name, clock.now())
