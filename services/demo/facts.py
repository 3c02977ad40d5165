"""What happened to a portion of the demo shop: payments, parcels and notes, as incoming tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from services.demo import remarks
from services.demo.amounts import WAYS
from services.demo.columns import HOUR, NEVER, Ints, chosen, ids, money, table, times, whole
from services.demo.methods import METHODS
from services.demo.parcels import numbers_of
from services.demo.tables import Portion, is_second, references
from services.orders.statuses import PaymentKind


def payments(of: Portion) -> pa.Table:
    """The rows of `payments`: attempts that failed, authorisations, money in (some of it by gift card), money back."""
    fate, is_paid = of.fate, of.fate.paid != NEVER
    reference = references(of)
    providers = chosen([entry[3] for entry in METHODS], of.method)
    methods = chosen([entry[0] for entry in METHODS], of.method)
    rest = fate.paid_amount - fate.card_amount
    parts = []
    for kind, who, when, amount in (
        (PaymentKind.FAILURE, fate.failed != NEVER, fate.failed, of.sums.total),
        (PaymentKind.AUTHORISATION, fate.authorised != NEVER, fate.authorised, of.sums.total),
        (PaymentKind.GIFT_CARD, fate.card_amount > 0, fate.paid, fate.card_amount),
        (PaymentKind.CHARGE, is_paid & (rest > 0), fate.paid, rest),
        (PaymentKind.REFUND, fate.refunded != NEVER, fate.refunded, fate.refund_amount),
    ):
        rows = np.flatnonzero(who)
        at = pa.array(rows)
        by_card = kind is PaymentKind.GIFT_CARD
        parts.append(table("payments", len(rows), {
            "id": ids(when[rows], of.dice.bits(of.numbers[rows], f"payment {kind}")),
            "order_id": of.ids.take(at), "happened_at": times(when[rows]), "kind": kind.value,
            "amount": money(amount[rows]), "currency": of.shop.currency,
            "method": kind.value if by_card else methods.take(at), "provider": "" if by_card else providers.take(at),
            "reference": "" if kind is PaymentKind.FAILURE or by_card else reference.take(at),
            "failure_reason": of.reason.take(at) if kind is PaymentKind.FAILURE else "",
            "source_key": kind.value,
        }))  # fmt: skip
    return pa.concat_tables(parts)


@dataclass(frozen=True)
class Parcels:
    """Rows of `shipments` and of `shipment_lines`."""

    shipments: pa.Table
    lines: pa.Table


def parcels(of: Portion) -> Parcels:
    """The parcels that have left, with what is in them."""
    fate, goods = of.fate, of.goods
    shipments, lines = [], []
    second = is_second(of)
    for what, left, inside in (("first", fate.shipped, ~second), ("second", fate.shipped_rest, second)):
        rows = np.flatnonzero(left != NEVER)
        parcel_ids = ids(left[rows], of.dice.bits(of.numbers[rows], f"{what} parcel"))
        number, link = _tracking(of, rows, 2 * of.numbers[rows] + (what == "second"))
        shipments.append(table("shipments", len(rows), {
            "id": parcel_ids, "order_id": of.ids.take(pa.array(rows)), "happened_at": times(left[rows]),
            "carrier": chosen([way[3] for way in WAYS], of.sums.way[rows]), "tracking_number": number,
            "tracking_url": link, "source_key": what, "delivered_at": times(fate.delivered[rows]),
        }))  # fmt: skip
        place = np.full(len(of.numbers), -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        held = np.flatnonzero(inside & goods.is_physical & (place[goods.order] >= 0))
        is_back = (fate.returned != NEVER)[goods.order[held]]
        lines.append(table("shipment_lines", len(held), {
            "shipment_id": parcel_ids.take(pa.array(place[goods.order[held]])),
            "order_id": of.ids.take(pa.array(goods.order[held])), "line_id": of.line_ids.take(pa.array(held)),
            "quantity": whole(goods.quantity[held]), "returned": whole(np.where(is_back, goods.quantity[held], 0)),
        }))  # fmt: skip
    return Parcels(pa.concat_tables(shipments), pa.concat_tables(lines))


def _tracking(of: Portion, rows: Ints, keys: Ints) -> tuple[pa.Array, pa.Array]:
    """Number and link of each parcel, by its carrier."""
    way = of.sums.way[rows]
    numbers, links, places = [], [], []
    for carrier in sorted({entry[3] for entry in WAYS}):
        mine = np.flatnonzero(np.isin(way, [i for i, entry in enumerate(WAYS) if entry[3] == carrier]))
        number, link = numbers_of(carrier, of.dice, keys[mine])
        numbers.append(number)
        links.append(link)
        places.append(mine)
    back = pa.array(np.argsort(np.concatenate(places), kind="stable"))
    return pa.concat_arrays(numbers).take(back), pa.concat_arrays(links).take(back)


def notes(of: Portion) -> pa.Table:
    """The rows of `order_notes`: a remark of the staff now and then, and why an order is on hold."""
    fate = of.fate
    later = of.placed + of.dice.between(of.numbers, "note at", 1, 20) * HOUR
    some = of.dice.happens(of.numbers, "note?", 0.06) & (fate.shipped != NEVER) & (fate.shipped > later)
    parts = []
    for what, who, when, pairs in (("note", some, later, remarks.NOTES),
                                   ("hold", fate.held != NEVER, fate.held, remarks.HOLDS)):  # fmt: skip
        rows = np.flatnonzero(who)
        numbers = of.numbers[rows]
        parts.append(table("order_notes", len(rows), {
            "id": ids(when[rows], of.dice.bits(numbers, f"{what} id")),
            "order_id": of.ids.take(pa.array(rows)), "happened_at": times(when[rows]),
            "author": chosen(remarks.STAFF, of.dice.below(numbers, "author", len(remarks.STAFF))),
            "text": chosen([of.shop.say(pair) for pair in pairs], of.dice.below(numbers, what, len(pairs))),
            "source_key": what,
        }))  # fmt: skip
    return pa.concat_tables(parts)


def empty(name: str) -> pa.Table:
    """An incoming table without rows."""
    return table(name, 0, {})
