"""The timeline of a portion of the demo shop: what was done, by whom, and which status became which."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from services.demo import remarks
from services.demo.columns import NEVER, SECOND, Bools, Ints, ids, table, times
from services.demo.fates import FULFILMENTS
from services.demo.methods import is_online
from services.demo.tables import Portion
from services.orders.statuses import EventKind, FulfilmentStatus, PaymentStatus
from services.orders.undoing import INVENTED
from services.people import CUSTOMER, MERCHANT, SYSTEM

_P, _F, _E = PaymentStatus, FulfilmentStatus, EventKind
Status = PaymentStatus | FulfilmentStatus


@dataclass(frozen=True)
class _Told:
    """Something that happened to the orders of `who` at `when`, and the statuses that it changed."""

    kind: EventKind
    who: Bools
    when: Ints
    before: tuple[Status, ...] = ()
    after: tuple[Status, ...] = ()
    actor: str = MERCHANT.name
    reason: str = ""


def events(of: Portion) -> pa.Table:
    """The rows of `order_events`."""
    parts = []
    for place, told in enumerate((*_money(of), *_goods(of), *_ends(of))):
        rows = np.flatnonzero(told.who)
        columns: dict[str, object] = {
            "id": ids(told.when[rows], of.dice.bits(of.numbers[rows], f"event {place}")),
            "order_id": of.ids.take(pa.array(rows)),
            "happened_at": times(told.when[rows]),
            "kind": told.kind.value,
            "actor": told.actor,
            "before_json": _json(told.before),
            "after_json": _json(told.after),
            "made_json": "{}",
            "reason": told.reason,
            "cause": INVENTED,
        }
        parts.append(table("order_events", len(rows), columns))
    return pa.concat_tables(parts)


def _money(of: Portion) -> Iterator[_Told]:
    fate, is_paid = of.fate, of.fate.paid != NEVER
    at_once = is_online(of.method) & (fate.failed == NEVER) & is_paid
    waiting = (_P.AWAITING_PAYMENT,)
    for status, who in (
        (_P.PAID, at_once),
        (_P.AUTHORISED, fate.authorised != NEVER),
        (_P.AWAITING_PAYMENT, ~at_once & (fate.authorised == NEVER)),
    ):
        yield _Told(_E.PLACED, who, of.placed, (), (status, _F.AWAITING_PROCESSING), CUSTOMER.name)
    later, is_short = is_paid & ~at_once, fate.paid_amount < of.sums.total
    offline = ~is_online(of.method)
    yield _Told(_E.MARKED_PAID, later & offline & ~is_short, fate.paid, waiting, (_P.PAID,))
    yield _Told(_E.MARKED_PAID, later & offline & is_short, fate.paid, waiting, (_P.PARTIALLY_PAID,))
    yield _Told(_E.MARKED_PAID, later & ~offline, fate.paid, waiting, (_P.PAID,), SYSTEM.name)


def _goods(of: Portion) -> Iterator[_Told]:
    fate = of.fate
    shelf, work = _F.AWAITING_PROCESSING, _F.PROCESSING
    yield _Told(_E.HELD, fate.held != NEVER, fate.held, (shelf,), (_F.ON_HOLD,))
    said, is_out = fate.processing != NEVER, fate.fulfilment == FULFILMENTS.index(_F.OUT_FOR_DELIVERY)
    yield _Told(_E.MARKED_PROCESSING, said, fate.processing, (shelf,), (work,))
    for before, who in ((work, said), (shelf, ~said)):
        yield _Told(
            _E.MARKED_READY_FOR_PICKUP, who & (fate.ready != NEVER), fate.ready, (before,), (_F.READY_FOR_PICKUP,)
        )
        for kind, after, which in (
            (_E.MARKED_SHIPPED, _F.SHIPPED, ~fate.is_split & ~is_out),
            (_E.MARKED_OUT_FOR_DELIVERY, _F.OUT_FOR_DELIVERY, ~fate.is_split & is_out),
            (_E.MARKED_SHIPPED, _F.PARTIALLY_SHIPPED, fate.is_split),
        ):
            yield _Told(kind, who & which & (fate.shipped != NEVER), fate.shipped, (before,), (after,))
    rest = fate.shipped_rest != NEVER
    for kind, after, which in (
        (_E.MARKED_SHIPPED, _F.SHIPPED, ~is_out),
        (_E.MARKED_OUT_FOR_DELIVERY, _F.OUT_FOR_DELIVERY, is_out),
    ):
        yield _Told(kind, rest & which, fate.shipped_rest, (_F.PARTIALLY_SHIPPED,), (after,))
    came = fate.delivered != NEVER
    for before, who in (
        (_F.SHIPPED, fate.shipped != NEVER),
        (_F.READY_FOR_PICKUP, fate.ready != NEVER),
        (shelf, ~of.sums.has_physical),
    ):
        yield _Told(_E.MARKED_DELIVERED, came & who, fate.delivered, (before,), (_F.DELIVERED,), SYSTEM.name)


def _ends(of: Portion) -> Iterator[_Told]:
    fate, say = of.fate, of.shop.say
    is_back, is_lost = fate.returned != NEVER, (fate.cancelled != NEVER) & (fate.refunded == NEVER)
    why = say(remarks.RETURNED)
    yield _Told(_E.MARKED_RETURNED, is_back, fate.returned, (_F.DELIVERED,), (_F.RETURNED,), reason=why)
    after_return = np.where(is_back, fate.refunded, 0) + SECOND
    yield _Told(_E.REFUNDED, is_back, after_return, (_P.PAID,), (_P.REFUNDED,), reason=why)
    is_whole = fate.refund_amount >= fate.paid_amount
    for place, pair in enumerate(remarks.REFUNDS):
        mine = fate.is_line_refund & (of.numbers % len(remarks.REFUNDS) == place)
        for status, who in ((_P.REFUNDED, is_whole), (_P.PARTIALLY_REFUNDED, ~is_whole)):
            yield _Told(_E.REFUNDED, mine & who, fate.refunded, (_P.PAID,), (status,), reason=say(pair))
    open_, gone = _F.AWAITING_PROCESSING, _F.WILL_NOT_DELIVER
    lost, regretted = say(remarks.NEVER_PAID), say(remarks.REGRETTED)
    yield _Told(_E.CANCELLED, is_lost, fate.cancelled, (_P.AWAITING_PAYMENT, open_), (_P.CANCELLED, gone), reason=lost)
    yield _Told(
        _E.CANCELLED, (fate.cancelled != NEVER) & ~is_lost, fate.cancelled, (_P.PAID, open_), (_P.REFUNDED, gone),
        reason=regretted,
    )  # fmt: skip


def _json(statuses: tuple[Status, ...]) -> str:
    """Statuses as an event keeps them."""
    return json.dumps(
        {
            ("payment_status" if isinstance(status, PaymentStatus) else "fulfilment_status"): status.value
            for status in statuses
        }
    )
