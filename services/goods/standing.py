"""The goods of an order as they stand: what it is owed, which links and cards it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from data import downloads, gift_cards, goods
from data.store import Reader, Row
from services.goods.plan import GoodsState, Waits
from services.money import ZERO
from services.orders.order import Line, Order
from services.orders.statuses import FulfilmentStatus, Kind, PaymentStatus

BY_ITSELF = frozenset({Kind.DIGITAL, Kind.GIFT_CARD})
"""Kinds that reach the customer by mail alone."""
_PAID = (PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED)


@dataclass(frozen=True, slots=True)
class LinkFile:
    """A file that a link opens, for one line of the order. `used` counts completed downloads."""

    link_id: str
    line_id: str
    file_id: str
    name: str
    place: str
    size: int
    allowed: int
    used: int
    last_at: datetime | None
    expires_at: datetime
    withdrawn_at: datetime | None
    withdrawn_why: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link with what it opens."""

    id: str
    order_id: str
    made_at: datetime
    language: str
    can_be_shown: bool
    files: tuple[LinkFile, ...]

    @property
    def is_withdrawn(self) -> bool:
        """Nothing of it may be fetched any more."""
        return all(file.withdrawn_at is not None for file in self.files)


@dataclass(frozen=True, slots=True)
class Standing:
    """Links and cards of an order, oldest first; cards as rows of `data.gift_cards`. `state`, `reason` and `about` say
    how far handing over got."""

    links: tuple[Link, ...] = ()
    cards: tuple[Row, ...] = ()
    state: str = ""
    reason: str = ""
    about: str = ""

    def opened(self, line: Line) -> list[LinkFile]:
        """What links open for a line, withdrawn or not."""
        return [file for link in self.links for file in link.files if file.line_id == line.id]

    @property
    def lacks_file(self) -> bool:
        """Nothing goes out before somebody gives a file."""
        return self.state == GoodsState.WAITING and self.reason in (Waits.NO_FILE, Waits.MISSING_FILE)

    def bought(self, line: Line) -> list[Row]:
        """Cards of a line, voided or not."""
        return [card for card in self.cards if card["line_id"] == line.id]


def standing(read: Reader, order_id: str, known: Row | None = None) -> Standing:
    """Read it; `known` is how far handing over got, where that was read already."""
    state = known or goods.state(read, order_id) or {"state": "", "reason": "", "about": ""}
    opened: dict[str, list[LinkFile]] = {}
    for row in downloads.files_of_order(read, order_id):
        opened.setdefault(row["link_id"], []).append(link_file(row))
    links = tuple(link(row, opened.get(row["id"], [])) for row in downloads.of_order(read, order_id))
    return Standing(links, tuple(gift_cards.of_order(read, order_id)), **state)


def link(row: Row, files: list[LinkFile]) -> Link:
    """A link from its row."""
    return Link(row["id"], row["order_id"], row["made_at"], row["language"], bool(row["sealed_token"]), tuple(files))


def link_file(row: Row) -> LinkFile:
    """A file of a link from a row of `data.downloads`."""
    return LinkFile(**{name: row[name] for name in LinkFile.__dataclass_fields__})


def goods_lines(order: Order) -> list[Line]:
    """Lines that need no parcel."""
    return [line for line in order.lines if line.kind in BY_ITSELF]


def owed(order: Order, line: Line) -> Decimal:
    """How much of a line the customer has paid for and not been given back; nothing of an order that is not paid, or
    will not be delivered."""
    if order.payment_status not in _PAID or order.fulfilment_status is FulfilmentStatus.WILL_NOT_DELIVER:
        return ZERO
    return max(line.quantity - line.refunded, ZERO)
