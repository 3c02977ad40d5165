"""What became of each demo order by the end of the story: when it was paid, shipped, delivered, refunded, cancelled.

Every moment is drawn first, as if time went on for ever; what lies after the end has not happened yet (`NEVER`).
Statuses then follow from what has happened.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.demo.amounts import BICYCLE, FAR, PICKUP, Amounts
from services.demo.baskets import Baskets
from services.demo.columns import DAY, HOUR, NEVER, SECOND, Bools, Ints
from services.demo.dice import Dice
from services.demo.methods import CARD, CASH_ON_DELIVERY, CHEQUE, KLARNA, is_online
from services.orders.statuses import FulfilmentStatus, PaymentStatus

PAYMENTS = tuple(PaymentStatus)
FULFILMENTS = tuple(FulfilmentStatus)


@dataclass(frozen=True)
class Fates:
    """Moments per order (`NEVER` when it did not happen), money in thousandths, statuses as places in `PAYMENTS` and
    `FULFILMENTS`."""

    failed: Ints
    authorised: Ints
    paid: Ints
    paid_amount: Ints
    card_amount: Ints  # part of it paid with a gift card
    cancelled: Ints
    held: Ints
    processing: Ints
    ready: Ints
    shipped: Ints
    shipped_rest: Ints
    is_split: Bools
    delivered: Ints
    returned: Ints
    refunded: Ints
    refund_amount: Ints
    is_line_refund: Bools
    payment: Ints
    fulfilment: Ints


def fates(
    dice: Dice, numbers: Ints, placed: Ints, end: int, method: Ints, goods: Baskets, sums: Amounts, unit: int
) -> Fates:
    """The story of each order up to `end`."""
    count = len(numbers)

    def until_now(moments: Ints) -> Ints:
        return np.where(moments < end, moments, NEVER)

    def after(moments: Ints, wait: Ints) -> Ints:
        return until_now(np.where(moments == NEVER, NEVER, np.minimum(moments, NEVER - 400 * DAY) + wait))

    online, at_door = is_online(method), method == CASH_ON_DELIVERY
    # --- money
    fails = online & dice.happens(numbers, "payment fails", 0.05)
    gives_up = fails & dice.happens(numbers, "gives up", 0.5)
    failed = np.where(fails, placed, NEVER)
    slow = np.where(method == CHEQUE, 5.0, 2.2)
    wait = np.where(
        online,
        np.where(fails, dice.between(numbers, "retry", 600, 90_000), dice.between(numbers, "online", 20, 200)) * SECOND,
        (dice.wait(numbers, "offline", DAY) * slow).astype(np.int64) + HOUR,
    )
    never_pays = gives_up | (~online & ~at_door & dice.happens(numbers, "never pays", 0.06))
    paid = np.where(never_pays | at_door, NEVER, after(placed, wait))
    authorises = (method == KLARNA) & ~fails & (placed > end - 2 * DAY) & dice.happens(numbers, "captured later", 0.5)
    authorised = np.where(authorises, after(placed, np.full(count, 40 * SECOND)), NEVER)
    paid[authorises] = NEVER
    # --- cancelled: given up by us after a while, or by the customer before it is sent
    patience = np.where(online, 7, 21) * DAY
    cancelled = np.where(never_pays, after(placed, patience), NEVER)
    regrets = (paid != NEVER) & ~at_door & dice.happens(numbers, "changes mind", 0.012)
    regretted = np.where(regrets, after(paid, dice.between(numbers, "regret", 1, 20) * HOUR), NEVER)
    cancelled = np.minimum(cancelled, regretted)
    # --- goods
    ready_from = np.where(at_door, placed, paid)
    work = dice.wait(numbers, "work", 1.7 * DAY) + 3 * HOUR
    # a few are late: one in fifty, and of the last days some more, so that the shop has something to catch up on
    late = dice.happens(numbers, "late", 0.02) | ((placed > end - 12 * DAY) & dice.happens(numbers, "late now", 0.08))
    work = np.where(late, work + dice.between(numbers, "how late", 8, 18) * DAY, work)
    is_parcel = sums.has_physical & (sums.way != PICKUP)
    stopped = (cancelled != NEVER) | never_pays
    due_out = np.where(stopped | ~sums.has_physical, NEVER, ready_from)
    left = after(due_out, work)
    shipped = np.where(is_parcel, left, NEVER)
    ready = np.where(sums.has_physical & ~is_parcel, left, NEVER)
    kinds_of_goods = goods.sum(goods.is_physical.astype(np.int64), count)
    is_split = is_parcel & (kinds_of_goods > 1) & dice.happens(numbers, "split", 0.1) & (shipped != NEVER)
    rest = np.where(is_split, after(shipped, dice.between(numbers, "rest", 2, 12) * DAY), NEVER)
    travel = np.select([sums.way == FAR, sums.way == BICYCLE], [7.0, 0.15], 2.4)
    travel = (dice.wait(numbers, "travel", DAY) * travel).astype(np.int64) + np.where(sums.way == BICYCLE, 0, 18 * HOUR)
    # of some parcels nothing is heard, until somebody asks the carrier
    unheard = dice.happens(numbers, "no word of delivery", 0.03) & ~at_door
    travel += np.where(unheard, dice.between(numbers, "asked the carrier", 9, 20) * DAY, 0)
    arrived = np.where(is_split, rest, np.where(is_parcel, shipped, ready))
    delivered = after(arrived, travel)
    delivered = np.where(~sums.has_physical & ~stopped, paid, delivered)  # digital goods arrive with the money
    paid = np.where(at_door, delivered, paid)
    open_still = (ready_from != NEVER) & ~stopped & sums.has_physical & (left == NEVER)
    # of the orders on the shelf, in turn: some are in work, one in nine waits for something
    turn = np.cumsum(open_still)
    started = open_still & (turn % 3 == 1) & (ready_from + 2 * HOUR < end)
    held = np.where(open_still & (turn % 9 == 5), after(ready_from, np.full(count, HOUR)), NEVER)
    says_so = started | ((left != NEVER) & dice.happens(numbers, "says so", 0.6))
    begun = np.where(started, HOUR, work // 2)
    processing = np.where(says_so & (held == NEVER), after(due_out, begun), NEVER)
    # --- money back
    goes_back = is_parcel & ~at_door & ~unheard & (delivered != NEVER) & dice.happens(numbers, "goes back", 0.016)
    returned = np.where(goes_back, after(delivered, dice.between(numbers, "return", 4, 20) * DAY), NEVER)
    first = goods.position == 1
    net = goods.amount[first] - sums.line_discount[first]
    one = net // (goods.quantity[first] * unit) * unit
    complains = (
        ~unheard & (delivered != NEVER) & ~goes_back & goods.is_physical[first] & dice.happens(numbers, "broken", 0.022)
    )
    line_refund = np.where(complains, after(delivered, dice.between(numbers, "complaint", 1, 9) * DAY), NEVER)
    refunded = np.minimum(np.minimum(returned, regretted), line_refund)
    short = ~online & ~at_door & ~stopped & (paid > end - 40 * DAY) & dice.happens(numbers, "pays half", 0.06)
    short &= (sums.total > 30_000 * sums.scale) & (paid != NEVER) & (left == NEVER) & (refunded == NEVER)
    paid_amount = np.where(
        paid == NEVER, 0, np.where(short, sums.total // (20_000 * sums.scale) * 10_000 * sums.scale, sums.total)
    )
    refund_amount = np.where(refunded == NEVER, 0, np.where(line_refund == refunded, one, sums.total))
    with_card = (
        (method == CARD) & ~fails & (sums.total > 35_000 * sums.scale) & dice.happens(numbers, "gift card", 0.03)
    )
    card_amount = np.where(with_card & (paid != NEVER), 20_000 * sums.scale, 0)

    payment = _at(PAYMENTS, PaymentStatus.AWAITING_PAYMENT, count)
    for status, when in (
        (PaymentStatus.AUTHORISED, authorised != NEVER),
        (PaymentStatus.PAID, paid != NEVER),
        (PaymentStatus.PARTIALLY_PAID, (paid != NEVER) & (paid_amount < sums.total)),
        (PaymentStatus.CANCELLED, (cancelled != NEVER) & (paid == NEVER)),
        (PaymentStatus.PARTIALLY_REFUNDED, refunded != NEVER),
        (PaymentStatus.REFUNDED, (refunded != NEVER) & (refund_amount >= paid_amount)),
    ):
        payment[when] = PAYMENTS.index(status)
    fulfilment = _at(FULFILMENTS, FulfilmentStatus.AWAITING_PROCESSING, count)
    on_the_way = (delivered == NEVER) & (shipped != NEVER) & (sums.way == BICYCLE)
    for goods_status, when in (
        (FulfilmentStatus.PROCESSING, started & (processing != NEVER)),
        (FulfilmentStatus.ON_HOLD, held != NEVER),
        (FulfilmentStatus.SHIPPED, shipped != NEVER),
        (FulfilmentStatus.OUT_FOR_DELIVERY, on_the_way & (shipped > end - DAY)),
        (FulfilmentStatus.PARTIALLY_SHIPPED, is_split & (rest == NEVER)),
        (FulfilmentStatus.READY_FOR_PICKUP, ready != NEVER),
        (FulfilmentStatus.DELIVERED, delivered != NEVER),
        (FulfilmentStatus.RETURNED, returned != NEVER),
        (FulfilmentStatus.WILL_NOT_DELIVER, cancelled != NEVER),
    ):
        fulfilment[when] = FULFILMENTS.index(goods_status)
    return Fates(
        failed, authorised, paid, paid_amount, card_amount, cancelled, held, processing, ready, shipped, rest, is_split,
        delivered, returned, refunded, refund_amount, complains & (line_refund == refunded) & (refunded != NEVER),
        payment, fulfilment,
    )  # fmt: skip


def _at(words: tuple[object, ...], word: object, count: int) -> Ints:
    return np.full(count, words.index(word), dtype=np.int64)
