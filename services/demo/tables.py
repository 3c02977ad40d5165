"""A portion of the demo shop as the incoming tables of `data.incoming`: orders and their lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from services.demo import remarks
from services.demo.amounts import COUPONS, NO_WAY, PICKUP, WAYS, Amounts, amounts
from services.demo.baskets import Baskets, baskets
from services.demo.columns import NEVER, Bools, Ints, chosen, ids, money, table, texts, times, whole
from services.demo.dice import Dice
from services.demo.fates import FULFILMENTS, PAYMENTS, Fates, fates
from services.demo.methods import CASH_ON_DELIVERY, METHODS, REASONS, is_online, methods
from services.demo.people import People, people
from services.demo.wares import wares

SOURCE = "demo"
FIRST_NUMBER = 1001
_RECIPIENT = 1_000_000_000  # the number of the person to whom customer n sends presents is n plus this


@dataclass(frozen=True)
class Kept:
    """The shop that the demo is made for."""

    currency: str
    unit: int  # smallest amount of the currency, in thousandths
    language: str

    def say(self, pair: tuple[str, str]) -> str:
        """An (English, French) pair in the shop's language."""
        return pair[1] if self.language == "fr" else pair[0]


@dataclass(frozen=True)
class Portion:
    """Orders `numbers` with everything drawn about them; one entry per order."""

    dice: Dice
    shop: Kept
    numbers: Ints
    placed: Ints
    ids: pa.Array
    customer: Ints
    buyer: People
    recipient: People
    method: Ints
    goods: Baskets
    line_ids: pa.Array
    sums: Amounts
    fate: Fates
    reason: pa.Array  # why the payment failed, empty when it did not

    def ways(self) -> pa.Array:
        """How each order is sent, in the shop's language; empty when nothing is."""
        return chosen([self.shop.say((way[0], way[1])) for way in WAYS], self.sums.way)

    def is_pickup(self) -> pa.Array:
        """Whether the customer fetches each order."""
        return pa.array(self.sums.way == PICKUP)

    def comments(self) -> pa.Array:
        """What customers wrote, empty mostly."""
        return _sometimes(self, "comment", 0.07, remarks.COMMENTS)


def portion(dice: Dice, shop: Kept, numbers: Ints, placed: Ints, customer: Ints, is_first: Bools, end: int) -> Portion:
    """Draw everything about some orders."""
    stock = wares(shop.currency, shop.unit)
    buyer = people(dice, customer)
    is_present = dice.happens(numbers, "present", 0.05)
    recipient = people(dice, np.where(is_present, customer + _RECIPIENT, customer))
    goods = baskets(dice, numbers, stock, np.asarray(pc.not_equal(buyer.address["company"], "")))
    has_goods = goods.sum(goods.is_physical.astype(np.int64), len(numbers)) > 0
    method = methods(dice, numbers, customer, recipient.country, has_goods)
    on_delivery = method == CASH_ON_DELIVERY
    sums = amounts(dice, numbers, placed, is_first, goods, stock, recipient, on_delivery, shop.unit)
    fate = fates(dice, numbers, placed, end, method, goods, sums, shop.unit)
    made = ids(placed, dice.bits(numbers, "order id"))
    line_ids = ids(placed[goods.order], dice.bits(goods.key, "line id"))
    reason = _reasons(dice, shop, numbers, method, fate)
    return Portion(
        dice, shop, numbers, placed, made, customer, buyer, recipient, method, goods, line_ids, sums, fate, reason
    )


def orders(of: Portion) -> pa.Table:
    """The rows of `orders`."""
    sums, fate, shop = of.sums, of.fate, of.shop
    count = len(of.numbers)
    number = texts(of.numbers + FIRST_NUMBER)
    unpaid = pa.array(fate.paid == NEVER)
    latest = of.placed.copy()
    for moments in (
        fate.paid, fate.cancelled, fate.held, fate.processing, fate.ready, fate.shipped, fate.shipped_rest,
        fate.delivered, fate.returned, fate.refunded,
    ):  # fmt: skip
        latest = np.where(moments == NEVER, latest, np.maximum(latest, moments))
    reference = references(of)
    columns: dict[str, object] = {
        "id": of.ids, "source": SOURCE, "source_id": number, "number": number, "placed_at": times(of.placed),
        "updated_at": times(latest), "version": 1, "source_status_json": "{}",
        "payment_status": chosen([status.value for status in PAYMENTS], fate.payment),
        "fulfilment_status": chosen([status.value for status in FULFILMENTS], fate.fulfilment),
        "payment_method": chosen([entry[0] for entry in METHODS], of.method),
        "payment_method_label": chosen([shop.say((entry[1], entry[2])) for entry in METHODS], of.method),
        "payment_message": pc.if_else(unpaid, of.reason, ""),
        "transaction_id": pc.if_else(unpaid, "", reference),
        "email": of.buyer.email, "name": of.buyer.address["name"], "phone": of.buyer.address["phone"],
        "language": of.buyer.language,
        "customer_comment": of.comments(),
        "tags": _tags(of), "coupons": _lists([code for code, *_ in COUPONS], sums.coupon),
        "shipping_method": of.ways(),
        "is_pickup": of.is_pickup(), "currency": shop.currency, "tax_included": True, "is_muted": False,
    }  # fmt: skip
    columns |= {f"billing_{part}": column for part, column in of.buyer.address.items()}
    columns |= {f"shipping_{part}": column for part, column in of.recipient.where(sums.way != NO_WAY).items()}
    columns |= {
        name: money(getattr(sums, name))
        for name in ("subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total")
    }
    return table("orders", count, columns)


def order_lines(of: Portion) -> pa.Table:
    """The rows of `order_lines`."""
    goods, fate = of.goods, of.fate
    stock = wares(of.shop.currency, of.shop.unit)
    gone = (fate.shipped != NEVER)[goods.order] & goods.is_physical & ~is_left_behind(of)
    back = (fate.returned != NEVER)[goods.order] & gone
    everything = ((fate.refunded != NEVER) & ~fate.is_line_refund)[goods.order]
    one = fate.is_line_refund[goods.order] & (goods.position == 1)
    return table(
        "order_lines",
        len(goods.order),
        {
            "id": of.line_ids,
            "order_id": of.ids.take(pa.array(goods.order)),
            "position": pa.array(goods.position),
            "sku": chosen([ware.sku for ware in stock], goods.ware),
            "name": chosen([ware.name(of.shop.language) for ware in stock], goods.ware),
            "options_json": "[]",
            "kind": chosen([ware.kind.value for ware in stock], goods.ware),
            "quantity": whole(goods.quantity),
            "unit_price": money(goods.unit_price),
            "discount": money(of.sums.line_discount),
            "tax": money(of.sums.line_tax),
            "total": money(goods.amount - of.sums.line_discount),
            "shipped": whole(np.where(gone, goods.quantity, 0)),
            "returned": whole(np.where(back, goods.quantity, 0)),
            "refunded": whole(np.where(everything, goods.quantity, np.where(one, 1, 0))),
        },
    )


def is_left_behind(of: Portion) -> Bools:
    """Lines that wait for a second parcel which has not left yet."""
    waiting: Bools = is_second(of) & (of.fate.shipped_rest == NEVER)[of.goods.order]
    return waiting


def is_second(of: Portion) -> Bools:
    """Lines that go in the second parcel of a split order: its last physical one."""
    goods = of.goods
    last = np.zeros(len(of.numbers), dtype=np.int64)
    np.maximum.at(last, goods.order[goods.is_physical], goods.position[goods.is_physical])
    second: Bools = of.fate.is_split[goods.order] & goods.is_physical & (goods.position == last[goods.order])
    return second


def _reasons(dice: Dice, shop: Kept, numbers: Ints, method: Ints, fate: Fates) -> pa.Array:
    words, starts, sizes = [""], np.zeros(len(METHODS), dtype=np.int64), np.ones(len(METHODS), dtype=np.int64)
    for one, pairs in REASONS.items():
        starts[one], sizes[one] = len(words), len(pairs)
        words += [shop.say(pair) for pair in pairs]
    which = starts[method] + dice.below(numbers, "reason", sizes[method])
    return chosen(words, np.where(fate.failed == NEVER, 0, which))


def references(of: Portion) -> pa.Array:
    """The provider's own id of a payment; empty for offline methods."""
    serial = texts(10**11 + of.dice.below(of.numbers, "reference", 10**12))
    prefix = chosen(["ch_", "PAY-", "", "", "krn_", ""], of.method)
    return pc.if_else(pa.array(is_online(of.method)), pc.binary_join_element_wise(prefix, serial, ""), "")


def _sometimes(of: Portion, what: str, chance: float, pairs: tuple[tuple[str, str], ...]) -> pa.Array:
    words = [*(of.shop.say(pair) for pair in pairs), ""]
    which = of.dice.below(of.numbers, what, len(pairs))
    return chosen(words, np.where(of.dice.happens(of.numbers, f"{what}?", chance), which, len(pairs)))


def _lists(words: list[str], which: Ints) -> pa.Array:
    """A list of one word each, or an empty one where the place is −1."""
    has = which >= 0
    offsets = np.concatenate([[0], np.cumsum(has)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), chosen(words, which[has]))


def _tags(of: Portion) -> pa.Array:
    share = of.dice.share(of.numbers, "tag")
    is_business = np.asarray(pc.not_equal(of.buyer.address["company"], ""))
    which = np.select([is_business & (share < 0.6), share < 0.04, share < 0.08, share < 0.085], [1, 0, 2, 3], -1)
    return _lists([of.shop.say(pair) for pair in remarks.TAGS], which)
