"""Whether the store is sound, and what to do when it is not: the checks with the head of the log, and the repair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data import event_chain, refreshing, repairing
from data.checks import Checked, checking
from data.event_chain import Head
from services.errors import Invalid, store_errors
from services.language import _
from services.shop import Shop

NOTED = "log_holds_what_was_noted"
"""The check of a head that somebody noted elsewhere, asked for by `noted`."""

Told = Callable[[], None]


@dataclass(frozen=True)
class Soundness:
    """What the checks found, and `head`, the newest link of the log. `mended`: the checks that a repair mended before
    the others were asked again."""

    checks: tuple[Checked, ...]
    head: str
    mended: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not any(one.rows for one in self.checks)


def look(shop: Shop, noted: str = "", told: Told = lambda: None) -> Soundness:
    """Ask every check, of one moment of the store; `noted` is a head that was noted before, `told` is called between
    two checks. Raises `Invalid` for a head that is none, `Unavailable`."""
    before = _noted(noted) if noted else None
    found = []
    zone = shop.profile().time_zone
    with store_errors(), shop.store.read() as read:
        for one in checking(read, zone):
            found.append(one)
            told()
        if before:
            is_there = event_chain.holds(read, before)
            found.append(Checked(NOTED, 0 if is_there else 1, () if is_there else (before.text,)))
        return Soundness(tuple(found), event_chain.head(read).text)


def repair(shop: Shop, noted: str = "", told: Told = lambda: None) -> Soundness:
    """Ask every check, mend what can be worked out anew, and ask again."""
    first = look(shop, noted, told)
    broken = [one.name for one in first.checks if one.rows]
    if not repairing.MENDABLE.intersection(broken):
        return first
    zone = shop.profile().time_zone
    with store_errors():
        mended = repairing.repair(shop.store, zone, broken, told)
        refreshing.refresh(shop.store)
    told()
    after = look(shop, noted, told)
    return Soundness(after.checks, after.head, tuple(mended))


def _noted(text: str) -> Head:
    number, _colon, hashed = text.strip().partition(":")
    try:
        return Head(int(number), bytes.fromhex(hashed))
    except ValueError as error:
        raise Invalid(
            _(
                "“{given}” is not the end of a log: it has a number, a colon, and 64 digits and letters.",
                given=text[:80],
            )
        ) from error
