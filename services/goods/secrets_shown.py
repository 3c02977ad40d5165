"""Secrets that a person was shown: each time is kept, on the order that they belong to."""

from __future__ import annotations

from typing import Any

from data import acting, downloads
from data import messages as message_rows
from data.ids import new_id
from data.store import Row, Writer
from services import clock
from services.errors import Conflict, NotFound, store_errors
from services.goods import sealing
from services.language import _
from services.messages import sealed_words
from services.orders.plan import Asked
from services.orders.statuses import EventKind
from services.orders.writing import noted
from services.people import Actor
from services.shop import Shop


def link(shop: Shop, link_id: str, actor: Actor) -> str:
    """The address behind a link, as long as its token is kept. Raises `Conflict` when it is not: a new link is made
    then."""
    with store_errors(), shop.store.write() as write:
        row = downloads.sealed_tokens(write, [link_id]).get(link_id)
        if row is None:
            raise NotFound(_("There is no such link."))
        token = sealing.unseal(shop.settings.secret, row["sealed_token"])
        note(write, row["order_id"], _("Download link"), Asked(clock.now(), actor, new_id()))
        return f"{shop.settings.public_url}/d/{token}"


def message(shop: Shop, message_id: str, actor: Actor) -> Row:
    """A message with its secrets in place: `body_text`, `body_html`. Raises `Conflict` when they cannot be read."""
    with store_errors(), shop.store.write() as write:
        row = message_rows.one(write, message_id)
        if row is None:
            raise NotFound(_("There is no such message."))
        filled, failed = sealed_words.filled(write, shop.settings.secret, [row])
        if failed:
            raise Conflict(failed[row["id"]])
        note(write, row["order_id"], row["subject"], Asked(clock.now(), actor, new_id()))
        return filled[0]


def note(write: Writer, order_id: str | None, what: str, asked: Asked) -> None:
    """Keep on the order that somebody was shown a secret; one of no order leaves no trace but the ledger's."""
    if order_id:
        _put(write, order_id, EventKind.SECRET_SHOWN, {"shown": what}, asked)


def note_changed(write: Writer, order_id: str, said: dict[str, str], asked: Asked) -> None:
    """Keep on the order what was done to one of its cards."""
    _put(write, order_id, EventKind.GIFT_CARD_CHANGED, said, asked)


def _put(write: Writer, order_id: str, kind: EventKind, said: dict[str, Any], asked: Asked) -> None:
    row = noted(order_id, kind, asked.actor, asked.at, event_id=asked.event_id, said=said, reason=asked.reason)
    acting.add(write, "order_events", [row])
