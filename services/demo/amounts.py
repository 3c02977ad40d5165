"""What each demo order costs: delivery, discount, tax and total, exact in the currency's smallest unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from services.demo.baskets import Baskets, share_of, tax_within
from services.demo.columns import SECOND, Bools, Ints
from services.demo.dice import Dice
from services.demo.people import People, town_numbers
from services.demo.places import COUNTRIES, FRANCE
from services.demo.wares import Ware
from services.orders.statuses import Kind

VAT = 20  # per cent, included in every price

# place in WAYS, as `Amounts.way` says it
NO_WAY, HOME, POINT, EXPRESS, ABROAD, FAR, PICKUP, BICYCLE = range(8)
# (English, French, fee in thousandths of a euro, carrier)
WAYS = (
    ("", "", 0, ""),
    ("Home delivery", "Livraison à domicile", 4900, "Colissimo"),
    ("Pick-up point", "Point relais", 3900, "Colissimo"),
    ("Express delivery", "Livraison express", 9900, "Chronopost"),
    ("European delivery", "Livraison en Europe", 9900, "DHL"),
    ("International delivery", "Livraison internationale", 19900, "UPS"),
    ("Pickup at the shop", "Retrait en boutique", 0, ""),
    ("Bicycle courier", "Coursier à vélo", 5900, ""),
)
# (code, per cent, months in which it is given or None, chance among orders that may use it)
COUPONS = (
    ("BIENVENUE10", 10, None, 0.3),
    ("NOEL15", 15, (12,), 0.18),
    ("SOLDES20", 20, (1, 7), 0.2),
    ("FIDELITE5", 5, None, 0.12),
)


@dataclass(frozen=True)
class Amounts:
    """Money per order in thousandths; `coupon` and `way` are places in `COUPONS` (−1: none) and `WAYS`."""

    way: Ints
    coupon: Ints
    subtotal: Ints
    discount: Ints
    shipping_fee: Ints
    handling_fee: Ints
    tax: Ints
    total: Ints
    line_discount: Ints
    line_tax: Ints
    has_physical: Bools
    scale: int  # what a euro is worth, for round sums


def amounts(
    dice: Dice,
    numbers: Ints,
    placed: Ints,
    is_first: Bools,
    goods: Baskets,
    wares: tuple[Ware, ...],
    to: People,
    on_delivery: Bools,
    unit: int,
) -> Amounts:
    """The sums of orders whose lines are `goods`, sent to `to`; `on_delivery` are paid at the door."""
    count = len(numbers)
    has_physical = goods.sum(goods.is_physical.astype(np.int64), count) > 0
    way = _way(dice, numbers, to, has_physical)
    coupon = _coupon(dice, numbers, placed, is_first)
    percent = np.array([*(entry[1] for entry in COUPONS), 0])[coupon]
    is_card = np.array([ware.kind is Kind.GIFT_CARD for ware in wares])[goods.ware]
    line_discount = share_of(goods.amount, np.where(is_card, 0, percent[goods.order]), unit)
    has_vat = np.array([place.has_vat for place in COUNTRIES])[to.country]
    line_tax = tax_within(goods.amount - line_discount, np.where(is_card | ~has_vat[goods.order], 0, VAT), unit)
    subtotal, discount = goods.sum(goods.amount, count), goods.sum(line_discount, count)
    coupon = np.where(discount > 0, coupon, -1)
    scale = max(1, wares[0].price // 15_000)
    fee = np.array([entry[2] for entry in WAYS])[way] * scale // unit * unit
    fee[((way == HOME) | (way == POINT)) & (subtotal - discount >= 60_000 * scale)] = 0
    handling = np.where(on_delivery, 2_500, 0) + np.where(
        has_physical & dice.happens(numbers, "gift wrap", 0.05), 3000, 0
    )
    handling = handling * scale // unit * unit
    tax = goods.sum(line_tax, count) + tax_within(fee + handling, np.where(has_vat, VAT, 0), unit)
    return Amounts(
        way, coupon, subtotal, discount, fee, handling, tax, subtotal - discount + fee + handling,
        line_discount, line_tax, has_physical, scale,
    )  # fmt: skip


def _way(dice: Dice, numbers: Ints, to: People, has_physical: Bools) -> Ints:
    share = dice.share(numbers, "way")
    european = np.array([place.has_vat for place in COUNTRIES])[to.country]
    way = np.where(european, ABROAD, FAR)
    way = np.where(to.country == FRANCE, np.select([share < 0.62, share < 0.9], [HOME, POINT], EXPRESS), way)
    in_town = np.isin(to.town, town_numbers("Lyon"))
    way = np.where(in_town & (share < 0.55), np.where(share < 0.38, PICKUP, BICYCLE), way)
    return np.where(has_physical, way, NO_WAY)


def _coupon(dice: Dice, numbers: Ints, placed: Ints, is_first: Bools) -> Ints:
    month = np.array([(_EPOCH + timedelta(days=int(day))).month for day in range(_days(placed.max()) + 1)])[
        placed // _DAY
    ]
    coupon = np.full(len(numbers), -1, dtype=np.int64)
    for place, (code, _, months, chance) in enumerate(COUPONS):
        may = is_first if code == "BIENVENUE10" else ~is_first if months is None else np.isin(month, months)
        coupon = np.where((coupon < 0) & may & dice.happens(numbers, code, chance), place, coupon)
    return coupon


_EPOCH = datetime(1970, 1, 1)
_DAY = 86_400 * SECOND


def _days(moment: int) -> int:
    return int(moment // _DAY)
