"""Claims: who may send a message now, and what becomes of claims whose holder died."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from data import messages, sending
from data.store import Row, Writer
from services.language import _
from services.messages import outbox
from services.messages.kinds import Channel
from services.messages.states import MessageEventKind, MessageState
from services.shop import Shop

# Messages that one turn takes; they are in flight together, and a crash then leaves as many unsure at most. A shared
# store commits some ten times a second, so there a turn must carry more. While turns come full there is a long queue,
# and each takes twice as many as the one before, up to `MOST`: three commits a turn are what sending costs.
GROUP, GROUP_SHARED, MOST = 16, 48, 96
LEASE = timedelta(seconds=90)  # longer than a group can be under way; then its holder counts as dead
TOO_LATE = timedelta(days=3)  # a weekend and a little more

# Ids that this process has claimed and not settled. Changed inside write transactions only, so recovery, which is one
# too, never takes a message from a worker that lives.
_held: set[str] = set()


def take(shop: Shop, now: datetime, channel: Channel = Channel.EMAIL, most: int | None = None) -> dict[str, int]:
    """Claim what is due of a channel, a group at most: id -> number of the claim. They are held until `release`."""
    taken: dict[str, int] = {}
    try:
        with shop.store.write() as write:
            if channel is Channel.EMAIL:
                _set_aside(write, now)
            limit = most or group(shop)
            taken = sending.claim(write, MessageState.WAITING, MessageState.SENDING, now, limit, channel)
            _held.update(taken)
    except BaseException:
        release(taken)
        raise
    return taken


def group(shop: Shop) -> int:
    """How many messages a turn takes when there is no queue."""
    return GROUP if shop.store.home.is_embedded else GROUP_SHARED


def hand(shop: Shop, taken: Mapping[str, int], sender: str, now: datetime) -> list[Row]:
    """Mark claimed messages as handed, in a commit of its own, and give them whole: their requests begin now, from
    the address `sender`. A claim that has passed to another since is left to that one."""
    with shop.store.write() as write:
        rows = sending.claimed(write, taken, MessageState.SENDING)
        if rows:
            sending.hand(write, [row["id"] for row in rows], sender, now)
    return [row | {"sender": sender} for row in rows]


def _set_aside(write: Writer, now: datetime) -> None:
    """Leave to a person what should have left days ago: mail was not set up, or nothing ran. A customer must not
    hear today of last month's parcel only because a key was entered."""
    ids = sending.overdue(write, MessageState.WAITING, now - TOO_LATE, Channel.EMAIL)
    if ids:
        words = _("This waited for days and was not sent by itself. Send it again if it is still true.")
        messages.change(write, ids, {"state": MessageState.FAILED.value, "error": words, "updated_at": now})
        messages.note(write, [(id_, MessageEventKind.FAILED.value, words) for id_ in ids], now)


def release(ids: Iterable[str]) -> None:
    """Forget claims of this process: settled, or left for recovery."""
    _held.difference_update(ids)


def recover(shop: Shop, now: datetime) -> int:
    """Judge claims whose holder is dead; how many. What was only claimed waits again; what was handed may have been
    taken, so it is unsure and waits for a person.

    An embedded store has one process, so every claim that this one does not hold is a dead one's. Elsewhere the
    holder may be alive in another process until its lease is over. A claim of a time to come was made before the clock
    was set back: nobody can tell its age, so it is judged too.
    """
    alive = (now, now) if shop.store.home.is_embedded else (now - LEASE, now + LEASE)
    with shop.store.read() as read:
        if not sending.stranded(read, MessageState.SENDING, alive, list(_held)):
            return 0
    with shop.store.write() as write:
        rows = sending.stranded(write, MessageState.SENDING, alive, list(_held))
        # a push that comes twice takes its own place, so that it may always be sent again
        claimed = [row["id"] for row in rows if row["handed_at"] is None or row["channel"] == Channel.PUSH]
        handed = [row["id"] for row in rows if row["id"] not in claimed]
        if claimed:
            messages.change(write, claimed, {"state": MessageState.WAITING.value, "updated_at": now})
            messages.note(write, [(id_, MessageEventKind.RECOVERED.value, "") for id_ in claimed], now)
            outbox.stop_undone(write, claimed, now)
        if handed:
            words = _("Comptoir stopped while this was being sent: nobody knows whether it left.")
            messages.change(write, handed, {"state": MessageState.UNSURE.value, "error": words, "updated_at": now})
            messages.note(write, [(id_, MessageEventKind.UNSURE.value, words) for id_ in handed], now)
    return len(rows)
