"""What each row of a carrier's file would do: which order it is about, and why it does nothing where it does not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from data import tracking_match
from data.store import Row
from services.carriers.recognising import is_mistyped
from services.errors import Invalid, store_errors
from services.language import _
from services.messages.wording import web_link
from services.orders.body import LINE
from services.orders.statuses import FulfilmentStatus
from services.shop import Shop
from services.tracking_files.columns import Column, Columns, guessed
from services.tracking_files.reading import Table

_CUT = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)


class Fate(StrEnum):
    """What a row does."""

    SHIP = "ship"
    ADD = "add"
    SAME = "same"
    LEFT = "left"

    @property
    def changes(self) -> bool:
        """The order is another one afterwards."""
        return self in (self.SHIP, self.ADD)


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the file with what it does: marks its order shipped, adds the number to its parcel, says what the order
    says already, or is left out; `sentence` says why, or what to look at again. `version` is the order's as it was."""

    row: int
    reference: str
    tracking_number: str
    carrier: str
    link: str
    fate: Fate
    sentence: str = ""
    order_id: str = ""
    number: str = ""
    version: int = 0
    shipment_id: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """A file whose rows were matched to orders."""

    name: str
    rows: tuple[Found, ...]

    def of(self, *fates: Fate) -> tuple[Found, ...]:
        """The rows of some fates, in the order of the file."""
        return tuple(row for row in self.rows if row.fate in fates)

    @property
    def doubtful(self) -> tuple[Found, ...]:
        """Rows that change something and are worth a second look."""
        return tuple(row for row in self.rows if row.fate.changes and row.sentence)


def guess(shop: Shop, table: Table) -> dict[Column, str]:
    """Which column is which, by names, contents and the orders of the shop."""

    def orders_among(texts: Collection[str]) -> int:
        with store_errors(), shop.store.read() as read:
            named = {row["reference"] for row in tracking_match.orders_named(read, list(texts))}
        return sum(text in named for text in texts)

    return guessed(table, orders_among)


def matched(shop: Shop, table: Table, columns: Columns) -> Matched:
    """Match every row. Raises `Invalid` when the order's or the number's column is not said, or is not there."""
    places = {column: _place(table, columns.get(column, "")) for column in Column}
    if places[Column.ORDER] is None or places[Column.TRACKING] is None:
        raise Invalid(_("A column for the order and one for the tracking number are needed."))
    given = [
        _Given(line, *(cells[at] if at is not None else "" for at in places.values())) for line, cells in table.rows
    ]
    with store_errors(), shop.store.read() as read:
        named, parcels, bearers = defaultdict(list), defaultdict(list), defaultdict(list)
        for row in tracking_match.orders_named(read, sorted({one.reference for one in given if one.reference})):
            named[row["reference"]].append(row)
        ids = sorted({one["order_id"] for orders in named.values() for one in orders})
        for row in tracking_match.parcels_of(read, ids):
            parcels[row["order_id"]].append(row)
        for row in tracking_match.bearers(read, sorted({one.tracking for one in given if one.tracking})):
            bearers[row["tracking_number"]].append(row)
    judge = _Judge(named, parcels, bearers)
    return Matched(table.name, tuple(judge.found(one) for one in given))


@dataclass(frozen=True, slots=True)
class _Given:
    """What a row says, in the order of `Column`."""

    line: int
    reference: str
    tracking: str
    carrier: str
    link: str


def _place(table: Table, name: str) -> int | None:
    if name and name not in table.header:
        raise Invalid(_("The file has no column “{name}”.", name=name))
    return table.header.index(name) if name else None


class _Judge:
    """Goes through the rows in turn and remembers what earlier ones took."""

    def __init__(
        self, named: Mapping[str, list[Row]], parcels: Mapping[str, list[Row]], bearers: Mapping[str, list[Row]]
    ) -> None:
        self._named, self._parcels, self._bearers = named, parcels, bearers
        self._taken: dict[str, str] = {}  # order -> number that an earlier row gives it
        self._used: dict[str, str] = {}  # number -> number of the order that an earlier row gives it to

    def found(self, given: _Given) -> Found:
        """What a row does."""
        reference, tracking = given.reference, given.tracking
        told: dict[str, Any] = {
            "row": given.line,
            "reference": reference,
            "tracking_number": tracking,
            "carrier": given.carrier[:LINE],
            "link": web_link(given.link),
        }
        orders = self._named.get(reference, [])
        fault = self._fault(reference, tracking, orders)
        if fault:
            known = self._bearers.get(tracking, []) if tracking and not orders else []
            if len(known) == 1:
                said = _("Order #{number} has this tracking number already.", number=known[0]["number"].lstrip("#"))
                return Found(**told, fate=Fate.SAME, sentence=said, order_id=known[0]["order_id"])
            return Found(**told, fate=Fate.LEFT, sentence=fault)
        order = orders[0]
        told |= {"order_id": order["order_id"], "number": order["number"], "version": order["version"]}
        return self._step(told, order, tracking)

    def _fault(self, reference: str, tracking: str, orders: list[Row]) -> str:
        """Why a row names no one order, or no number."""
        if not tracking:
            return _("There is no tracking number in this row.")
        if _CUT.fullmatch(tracking):
            return _("A spreadsheet has cut this number: export the file again and do not open it in between.")
        if len(tracking) > LINE or not tracking.isprintable():
            return _("This is no tracking number.")
        if not reference:
            return _("There is no order in this row.")
        if not orders:
            return _("There is no order {number}.", number=reference[:LINE])
        if len(orders) > 1:
            return _("{count} orders bear the number {number}.", count=len(orders), number=reference[:LINE])
        return ""

    def _step(self, told: dict[str, Any], order: Row, tracking: str) -> Found:
        order_id, parcels = order["order_id"], self._parcels.get(order["order_id"], [])
        if self._taken.get(order_id) == tracking or any(one["tracking_number"] == tracking for one in parcels):
            return Found(**told, fate=Fate.SAME, sentence=_("The order has this tracking number already."))
        if order_id in self._taken:
            said = _("An earlier row gives this order another number: enter its second parcel by hand.")
            return Found(**told, fate=Fate.LEFT, sentence=said)
        bare = [one for one in parcels if not one["tracking_number"]]
        if len(bare) > 1:
            said = _("Several parcels of this order have no number: say on the order which one this is.")
            return Found(**told, fate=Fate.LEFT, sentence=said)
        has_left = not FulfilmentStatus(order["fulfilment_status"]).is_to_prepare
        if parcels and not bare and has_left:
            said = _("The order is shipped already, with the number {number}.", number=parcels[-1]["tracking_number"])
            return Found(**told, fate=Fate.LEFT, sentence=said)
        doubt = self._doubt(tracking, told["carrier"], order)
        self._taken[order_id] = tracking
        self._used.setdefault(tracking, order["number"])
        if bare:
            return Found(**told, fate=Fate.ADD, sentence=doubt, shipment_id=bare[0]["shipment_id"])
        return Found(**told, fate=Fate.SHIP, sentence=doubt)

    def _doubt(self, tracking: str, carrier: str, order: Row) -> str:
        """What to look at again; the row counts all the same."""
        others = [one["number"] for one in self._bearers.get(tracking, []) if one["order_id"] != order["order_id"]]
        others += [self._used[tracking]] if tracking in self._used else []
        said = []
        if others:
            named = ", ".join(f"#{one.lstrip('#')}" for one in others[:3])
            said.append(
                _("The tracking number {number} is on another order already: {orders}.", number=tracking, orders=named)
            )
        if is_mistyped(tracking, carrier):
            said.append(_("The check digit of this tracking number is wrong: compare it with the label."))
        return " ".join(said)
