"""Sending push: the outbox's messages of that channel, taken, handed and settled as mails are, without SendGrid.

It has a thread of its own, so that a push service that hangs holds up no mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from data import push as browsers
from data import sending
from data.store import Row
from services import language
from services.errors import store_errors
from services.language import _
from services.messages import claims, outbox, push, push_edge, push_keys, results
from services.messages.kinds import Channel
from services.messages.sendgrid_edge import NotSent
from services.messages.states import MessageState
from services.people import SYSTEM
from services.profile import profile
from services.shop import Shop

GROUP = 4  # messages of one turn: each may take ten seconds, and a claim holds for ninety
STALE = timedelta(hours=12)  # what is older is no news


def push_turn(shop: Shop, now: datetime) -> Sequence[str]:
    """Pushes what is due: one group after the other, until nothing is."""
    while send_some(shop, now):
        pass
    return []


def send_some(shop: Shop, now: datetime) -> int:
    """Push a group of what is due at `now`; how many messages were taken. Raises `Unavailable` when the store fails:
    then recovery lets them wait again."""
    with store_errors():
        with shop.store.read() as read:
            due = sending.next_due(read, MessageState.WAITING, Channel.PUSH)
            rules = profile(read, shop.settings)
        if due is None or due > now or rules.rule("is_frozen"):
            return 0
        with shop.store.write() as write:
            stale = sending.overdue(write, MessageState.WAITING, now - STALE, Channel.PUSH)
            outbox.stop_some(write, stale, now, SYSTEM.name)
        keys = push_keys.keys(shop, now)
        taken = claims.take(shop, now, Channel.PUSH, GROUP)
        try:
            rows = claims.hand(shop, taken, "", now) if taken else []
            with language.use(rules.language):
                fates = _sent(shop, rows, keys, _contact(shop, rules.sender_email or rules.merchant_email))
                _settle(shop, rows, fates, now)
        finally:
            claims.release(taken)
    return len(taken)


def _sent(shop: Shop, rows: Sequence[Row], keys: push_keys.Keys, contact: str) -> list[str | NotSent]:
    with shop.store.read() as read:
        addresses = browsers.addresses(read, [row["id"] for row in rows]) if rows else {}
    fates: list[str | NotSent] = []
    for row in rows:
        browser = addresses.get(row["id"])
        try:
            if browser is None:
                raise push_edge.Gone(_("This browser is no longer enrolled."), permanent=True)
            fates.append(push_edge.send(browser, push.told(row), keys, contact))
        except NotSent as reason:
            fates.append(reason)
    return fates


def _settle(shop: Shop, rows: Sequence[Row], fates: Sequence[str | NotSent], now: datetime) -> None:
    if not rows:
        return
    results.settle(shop, rows, fates, now)
    with shop.store.write() as write:
        addresses = browsers.addresses(write, [row["id"] for row in rows])
        for row, fate in zip(rows, fates, strict=True):
            browser = addresses.get(row["id"])
            if isinstance(fate, push_edge.Gone):  # nothing that a person would have to decide
                outbox.stop_some(write, [row["id"]], now, SYSTEM.name)
                if browser:
                    push.forget(write, browser["id"], now, SYSTEM.name)
                continue
            if browser is None:
                continue
            values: dict[str, Any] = {"error": fate.reason} if isinstance(fate, NotSent) else {"error": ""}
            if isinstance(fate, str):
                values["last_push_at"] = now
            browsers.change(write, browser["id"], values)


def _contact(shop: Shop, address: str) -> str:
    """Whom a push service may ask about us."""
    return f"mailto:{address}" if address else shop.settings.public_url
