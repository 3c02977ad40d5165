"""Closing a day, a month or any range: its figures are frozen, with who and when; what changes later is told as a
correction, order by order, on the day on which it changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from data import closings
from data.closings import FIGURES
from data.ids import new_id
from data.store import Row
from services import clock
from services.analytics.words import chosen_currency
from services.errors import Conflict, Invalid, NotFound, store_errors
from services.language import _, day
from services.money import ZERO
from services.orders.statuses import PaymentStatus
from services.people import Actor
from services.shop import Shop


@dataclass(frozen=True, slots=True)
class Closing:
    """A period that was closed. `figures` are sums over `order_count` orders by the names of `data.closings.FIGURES`;
    `seal` is the SHA-256 of all that was frozen. It stands until somebody reopens it."""

    id: str
    first: date
    last: date
    currency: str
    figures: Mapping[str, Decimal]
    order_count: int
    seal: str
    closed_at: datetime
    actor: str
    reopened_at: datetime | None
    reopened_by: str

    @property
    def stands(self) -> bool:
        """Nobody has reopened it."""
        return self.reopened_at is None


@dataclass(frozen=True, slots=True)
class Correction:
    """An order that brings something else than when its period was closed. `changed_on` is the shop's day of its last
    change, None when the order is gone; `before` and `after` are by the names of `data.closings.FIGURES`."""

    closing: Closing
    order_id: str
    number: str
    changed_on: date | None
    before: Mapping[str, Decimal]
    after: Mapping[str, Decimal]

    def by(self, name: str) -> Decimal:
        """By how much a figure changed."""
        return self.after[name] - self.before[name]


def close(shop: Shop, first: date, last: date, currency: str, actor: Actor, now: datetime) -> Closing:
    """Freeze the figures of the days from `first` to `last`, in one currency (the shop's own when empty).

    Raises `Invalid` for a range in reverse or one that is not over, `Conflict` when a day of it is closed already.
    """
    profile = shop.profile()
    chosen = chosen_currency(currency) or profile.currency
    if first > last:
        raise Invalid(_("The period ends before it begins."), {"last": _("The period ends before it begins.")})
    if last >= clock.day(now, profile.time_zone):
        sentence = _("{day} is not over yet: only days that are over can be closed.", day=day(last))
        raise Invalid(sentence, {"last": sentence})
    words = _words(first, last, chosen)
    with store_errors(), shop.store.write() as write:
        for other in closings.standing(write, first, last, chosen):
            raise Conflict(
                _(
                    "{first} to {last} is closed already, by {who}: reopen it first.",
                    first=day(other["first_on"]), last=day(other["last_on"]), who=other["actor"],
                )
            )  # fmt: skip
        rows = closings.present(write, words)
        made = {
            "id": new_id(now),
            "first_on": first,
            "last_on": last,
            "currency": chosen,
            "figures_json": json.dumps({name: str(_sum(rows, name)) for name in FIGURES}),
            "order_count": len(rows),
            "seal": closings.seal(first, last, chosen, rows),
            "closed_at": now,
            "actor": actor.name,
        }
        closings.add(write, made, words)
        return _closing({**made, "reopened_at": None, "reopened_by": ""})


def reopen(shop: Shop, closing_id: str, actor: Actor, now: datetime) -> None:
    """The period can be closed anew. Raises `NotFound`, and `Conflict` when it was reopened already."""
    with store_errors(), shop.store.write() as write:
        found = closings.one(write, closing_id)
        if found is None:
            raise NotFound(_("There is no such closing."))
        if found["reopened_at"]:
            raise Conflict(_("This closing was reopened already, by {who}.", who=found["reopened_by"]))
        closings.reopen(write, closing_id, now, actor.name)


def every(shop: Shop) -> tuple[Closing, ...]:
    """All closings, the latest period first."""
    with store_errors(), shop.store.read() as read:
        return tuple(_closing(row) for row in closings.every(read))


def is_whole(shop: Shop, closing: Closing) -> bool:
    """Whether what was frozen is still what was sealed."""
    with store_errors(), shop.store.read() as read:
        rows = closings.frozen(read, closing.id)
    return closings.seal(closing.first, closing.last, closing.currency, rows) == closing.seal


def corrections(shop: Shop, closing: Closing) -> tuple[Correction, ...]:
    """The orders that bring something else now, the last changed first."""
    zone = shop.profile().time_zone
    words = _words(closing.first, closing.last, closing.currency) | {"closed_at": closing.closed_at}
    with store_errors(), shop.store.read() as read:
        rows = closings.differing(read, closing.id, words)
    return tuple(
        Correction(
            closing,
            row["order_id"],
            row["number"],
            clock.day(row["changed_at"], zone) if row["changed_at"] else None,
            {name: row[f"then_{name}"] for name in FIGURES},
            {name: row[f"now_{name}"] for name in FIGURES},
        )
        for row in rows
    )


def corrections_of(shop: Shop, first: date, last: date, currency: str = "") -> tuple[Correction, ...]:
    """What changed from `first` to `last` in periods that were closed before: the corrections of that time."""
    chosen = chosen_currency(currency) or shop.profile().currency
    return tuple(
        one
        for closing in every(shop)
        if closing.stands and closing.currency == chosen
        for one in corrections(shop, closing)
        if one.changed_on and first <= one.changed_on <= last
    )


def _words(first: date, last: date, currency: str) -> dict[str, object]:
    return {"first": first, "last": last, "currency": currency, "cancelled": PaymentStatus.CANCELLED.value}


def _sum(rows: Iterable[Row], name: str) -> Decimal:
    return sum((row[name] for row in rows), ZERO)


def _closing(row: Mapping[str, Any]) -> Closing:
    return Closing(
        id=row["id"],
        first=row["first_on"],
        last=row["last_on"],
        currency=row["currency"],
        figures={name: Decimal(text) for name, text in json.loads(row["figures_json"]).items()},
        order_count=row["order_count"],
        seal=row["seal"],
        closed_at=row["closed_at"],
        actor=row["actor"],
        reopened_at=row["reopened_at"],
        reopened_by=row["reopened_by"],
    )
