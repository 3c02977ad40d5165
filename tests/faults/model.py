"""An order's life in memory, as a merchant would tell it: a second telling of the rules, for the first to be held
against. One currency, goods that go into parcels, nobody who pays more than is due."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal

from services.orders.statuses import ActionName as A
from services.orders.statuses import FulfilmentStatus as F
from services.orders.statuses import PaymentStatus as P

PRICES = (Decimal("15.00"), Decimal("14.00"))
ORDERED = (2, 1)
TOTAL = Decimal("48.90")
ZERO = Decimal(0)
IN_SHOP = {F.AWAITING_PROCESSING, F.PROCESSING, F.PARTIALLY_SHIPPED, F.READY_FOR_PICKUP}
UNTOUCHED = {F.AWAITING_PROCESSING, F.PROCESSING, F.ON_HOLD, F.READY_FOR_PICKUP}
HAS_MONEY = {P.PARTIALLY_PAID, P.PAID, P.PARTIALLY_REFUNDED}
HAS_LEFT = {F.OUT_FOR_DELIVERY, F.SHIPPED, F.DELIVERED, F.RETURNED}


class Refused(Exception):
    """The step is not possible; the words are for whoever reads a failing test."""


@dataclass
class Parcel:
    """Quantities by line, and what became of it."""

    inside: list[int]
    number: str = ""
    is_delivered: bool = False
    is_void: bool = False


@dataclass
class Facts:
    """What an order is. `owed` is a word for each payment that is not void: what came in, below zero what went back."""

    payment: P = P.AWAITING_PAYMENT
    goods: F = F.AWAITING_PROCESSING
    moved: list[Decimal] = field(default_factory=list)
    shipped: list[int] = field(default_factory=lambda: [0, 0])
    returned: list[int] = field(default_factory=lambda: [0, 0])
    refunded_of: list[int] = field(default_factory=lambda: [0, 0])
    parcels: list[Parcel] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    before_hold: F = F.AWAITING_PROCESSING

    @property
    def paid(self) -> Decimal:
        return sum((one for one in self.moved if one > 0), ZERO)

    @property
    def refunded(self) -> Decimal:
        return -sum((one for one in self.moved if one < 0), ZERO)

    @property
    def kept(self) -> Decimal:
        return self.paid - self.refunded

    @property
    def due(self) -> Decimal:
        is_off = self.goods is F.WILL_NOT_DELIVER and self.payment in HAS_MONEY
        return ZERO if is_off or self.payment in (P.CANCELLED, P.REFUNDED) else max(TOTAL - self.paid, ZERO)

    @property
    def left(self) -> list[int]:
        return [ordered - gone for ordered, gone in zip(ORDERED, self.shipped, strict=True)]

    @property
    def outside(self) -> list[int]:
        return [gone - back for gone, back in zip(self.shipped, self.returned, strict=True)]

    def money_says(self) -> P:
        if self.refunded:
            return P.REFUNDED if self.refunded >= self.paid else P.PARTIALLY_REFUNDED
        return P.PAID if self.paid >= TOTAL else P.PARTIALLY_PAID if self.paid else P.AWAITING_PAYMENT

    def legal(self) -> set[A]:
        """The steps that are offered or always possible."""
        always = {A.RECORD_PAYMENT, A.CONTACT_CUSTOMER, A.ADD_NOTE, A.TAG, A.UNTAG, A.EDIT_CONTACT, A.EDIT_TRACKING,
                  A.RESEND, A.MUTE, A.UNMUTE, A.CORRECT, A.UNDO}  # fmt: skip
        is_open = self.payment in (P.AWAITING_PAYMENT, P.AUTHORISED, P.PARTIALLY_PAID)
        told = {
            A.MARK_PAID: is_open,
            A.RECORD_FAILURE: is_open,
            A.REDEEM_GIFT_CARD: is_open,
            A.REMIND_UNPAID: is_open and self.goods not in (F.RETURNED, F.WILL_NOT_DELIVER),
            A.REFUND: self.payment in HAS_MONEY,
            A.MARK_PROCESSING: self.goods is F.AWAITING_PROCESSING,
            A.MARK_READY_FOR_PICKUP: self.goods in (F.AWAITING_PROCESSING, F.PROCESSING),
            A.MARK_SHIPPED: self.goods in IN_SHOP,
            A.MARK_OUT_FOR_DELIVERY: self.goods in (F.AWAITING_PROCESSING, F.PROCESSING, F.SHIPPED),
            A.MARK_DELIVERED: self.goods in (F.PARTIALLY_SHIPPED, F.SHIPPED, F.OUT_FOR_DELIVERY, F.READY_FOR_PICKUP),
            A.MARK_RETURNED: self.goods in (F.PARTIALLY_SHIPPED, F.OUT_FOR_DELIVERY, F.SHIPPED, F.DELIVERED),
            A.HOLD: self.goods in IN_SHOP,
            A.RELEASE: self.goods is F.ON_HOLD,
            A.MARK_WILL_NOT_DELIVER: self.goods in UNTOUCHED,
            A.CANCEL: (self.goods in UNTOUCHED and self.payment is not P.CANCELLED)
            or (self.goods is F.WILL_NOT_DELIVER and self.payment in (P.AWAITING_PAYMENT, P.AUTHORISED)),
        }
        return always | {action for action, is_legal in told.items() if is_legal}

    def axes(self, other: Facts) -> set[str]:
        """Whether money or goods are not as they are in another state."""
        mine, its = (
            {
                "money": (one.payment, one.moved, one.due, one.refunded_of),
                "goods": (
                    one.goods, one.shipped, one.returned,
                    [(p.inside, p.is_void, p.is_delivered) for p in one.parcels],
                ),
            }
            for one in (self, other)
        )  # fmt: skip
        return {axis for axis in mine if mine[axis] != its[axis]}


@dataclass
class Happened:
    """An event: the order before and after it, and whether it was undone since."""

    before: Facts
    after: Facts
    mails: list[int]
    is_undone: bool = False
    is_undo: bool = False


class Life:
    """An order and all that happened to it."""

    def __init__(self) -> None:
        self.now = Facts()
        self.version = 1
        self.events: list[Happened] = []
        self.mails: list[tuple[str, bool]] = []  # template, and whether it was stopped

    def does(self, action: A, change: Callable[[Facts], tuple[str, ...]]) -> None:
        """A step: `change` makes it in the facts and says which mails it sends. Raises `Refused`."""
        if action not in self.now.legal():
            raise Refused(f"{action} from {self.now.payment}, {self.now.goods}")
        after = deepcopy(self.now)
        mails = change(after)
        self._happened(after, mails)

    def undo(self, nth: int) -> None:
        """The inverse of an event. Raises `Refused` when somebody went on since."""
        event = self.events[nth]
        if event.is_undo or event.is_undone:
            raise Refused("an undo, or undone already")
        touched = event.before.axes(event.after)
        for later in self.events[nth + 1 :]:
            if not (later.is_undo or later.is_undone) and touched & later.before.axes(later.after):
                raise Refused("somebody went on since")
        after = deepcopy(self.now)
        is_back = _take_back(after, event)
        waiting = [mail for mail in event.mails if not self.mails[mail][1]]
        if not is_back and not waiting:
            raise Refused("nothing is left to undo")
        for mail in waiting:
            self.mails[mail] = (self.mails[mail][0], True)
        self._happened(after, ())
        self.events[-1].is_undo, event.is_undone = True, True

    def _happened(self, after: Facts, mails: tuple[str, ...]) -> None:
        numbers = list(range(len(self.mails), len(self.mails) + len(mails)))
        self.mails += [(template, False) for template in mails]
        self.events.append(Happened(self.now, after, numbers))
        self.now, self.version = after, self.version + 1


def _take_back(facts: Facts, event: Happened) -> bool:
    """Make undone what an event did; whether anything was."""
    was, became, before = event.before, event.after, deepcopy(facts)
    if was.payment is not became.payment:
        facts.payment = was.payment
    if was.goods is not became.goods:
        facts.goods = was.goods
    for amount in became.moved[len(was.moved) :]:
        facts.moved[facts.moved.index(amount, len(was.moved))] = ZERO
    for name in ("shipped", "returned", "refunded_of"):
        mine, then, since = (getattr(one, name) for one in (facts, was, became))
        setattr(facts, name, [now - (b - a) for now, a, b in zip(mine, then, since, strict=True)])
    for nth, parcel in enumerate(became.parcels):
        if nth >= len(was.parcels):
            facts.parcels[nth].is_void = True
            continue
        if parcel.is_delivered and not was.parcels[nth].is_delivered:
            facts.parcels[nth].is_delivered = False
        is_same = facts.parcels[nth].number == parcel.number and not facts.parcels[nth].is_void
        if parcel.number != was.parcels[nth].number and is_same:
            facts.parcels[nth].number = was.parcels[nth].number
    came = [tag for tag in became.tags if tag not in was.tags]
    went = [tag for tag in was.tags if tag not in became.tags and tag not in facts.tags]
    facts.tags = [tag for tag in facts.tags if tag not in came] + went
    for note in became.notes[len(was.notes) :]:
        facts.notes.remove(note)
    return facts != before
