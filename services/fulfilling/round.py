"""A round as it stands: its orders, what of them is picked, and what is in the way of shipping them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from data import rounds
from data.store import Reader
from services.errors import NotFound
from services.language import _
from services.messages.wording import line as one_line
from services.money import ZERO
from services.orders import derive, life, reading, words
from services.orders.order import Order
from services.orders.parts import Line
from services.orders.statuses import ActionName


@dataclass(frozen=True, slots=True)
class Pick:
    """A line to fetch: how much of it, and how much is in the box."""

    line: Line
    wanted: Decimal
    picked: Decimal

    @property
    def left(self) -> Decimal:
        """What is still on the shelf."""
        return max(self.wanted - self.picked, ZERO)


@dataclass(frozen=True, slots=True)
class Packing:
    """An order in a round. `refusal` says why it cannot be shipped any more: cancelled, held, shipped by somebody."""

    order: Order
    picks: tuple[Pick, ...]
    carrier: str
    tracking_number: str
    refusal: str | None

    @property
    def is_picked(self) -> bool:
        """All of it is in the box."""
        return not any(pick.left for pick in self.picks)

    @property
    def is_ready(self) -> bool:
        """It can be marked as shipped."""
        return self.refusal is None and self.is_picked and bool(self.picks)


@dataclass(frozen=True, slots=True)
class Product:
    """A product on the walk along the shelves: how many in all, and how many are fetched."""

    key: str
    sku: str
    name: str
    about: str
    wanted: Decimal
    picked: Decimal


@dataclass(frozen=True, slots=True)
class Round:
    """Some orders that one person fulfils together."""

    id: str
    started_at: datetime
    actor: str
    is_closed: bool
    job_id: str | None
    orders: tuple[Packing, ...]

    def packing(self, order_id: str) -> Packing:
        """One of its orders. Raises `NotFound`."""
        found = self.box(order_id)
        if found is None:
            raise NotFound(_("This order is not in the round."))
        return found

    def box(self, order_id: str | None) -> Packing | None:
        """One of its orders; None when none is asked for, or it was put back."""
        return next((packing for packing in self.orders if packing.order.id == order_id), None)

    @property
    def wanted(self) -> Decimal:
        """Items to fetch."""
        return sum((pick.wanted for packing in self.orders for pick in packing.picks), ZERO)

    @property
    def picked(self) -> Decimal:
        """Items that are fetched."""
        return sum((pick.picked for packing in self.orders for pick in packing.picks), ZERO)

    @property
    def products(self) -> tuple[Product, ...]:
        """What to fetch, by product, in the order of SKU and name."""
        found: dict[str, Product] = {}
        for packing in self.orders:
            for pick in packing.picks:
                key = product_key(pick.line)
                had = found.get(key)
                found[key] = Product(
                    key,
                    one_line(pick.line.sku),
                    one_line(pick.line.name),
                    one_line(words.options(pick.line)),
                    (had.wanted if had else ZERO) + pick.wanted,
                    (had.picked if had else ZERO) + pick.picked,
                )
        return tuple(sorted(found.values(), key=lambda one: (one.sku == "", one.sku.casefold(), one.name.casefold())))


def product_key(line: Line) -> str:
    """What tells products apart on the shelf."""
    chosen = (text for option in line.options for text in option)
    return "\x1f".join(one_line(text) for text in (line.sku, line.name, *chosen))


def load(read: Reader, round_id: str) -> Round:
    """A round by id. Raises `NotFound`."""
    row = rounds.one(read, round_id)
    if row is None:
        raise NotFound(_("There is no such round."))
    rows = rounds.orders(read, row["id"])
    orders = reading.several(read, [one["order_id"] for one in rows])
    picked = rounds.picks(read, row["id"])
    packings = []
    for one in rows:
        order = orders.get(one["order_id"])
        if order is None:  # its import was undone
            continue
        picks = tuple(
            Pick(line, left, min(picked.get((order.id, line.id), ZERO), left))
            for line in order.lines
            if (left := derive.left_to_ship(line)) > 0
        )
        refusal = life.refusal(order, ActionName.MARK_SHIPPED)
        packings.append(Packing(order, picks, one["carrier"], one["tracking_number"], refusal))
    closed = row["closed_at"] is not None
    return Round(row["id"], row["started_at"], row["actor"], closed, row["job_id"], tuple(packings))
