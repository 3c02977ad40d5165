"""What the demo shop's customers buy: the lines of each order, with their discount and tax."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.demo.columns import Bools, Ints
from services.demo.dice import Dice
from services.demo.wares import Ware
from services.orders.statuses import Kind

_SIZES = (0.44, 0.28, 0.15, 0.08, 0.03, 0.02)  # how many lines
_QUANTITIES = (0.8, 0.14, 0.03, 0.02, 0.0, 0.01)
MOST = len(_SIZES)


@dataclass(frozen=True)
class Baskets:
    """One entry per line, line by line of order by order. `order` is the place of its order; money in thousandths:
    `amount` is quantity × unit price, before the discount."""

    order: Ints
    position: Ints
    key: Ints
    ware: Ints
    quantity: Ints
    unit_price: Ints
    amount: Ints
    is_physical: Bools

    def sum(self, values: Ints, orders: int) -> Ints:
        """A value of the lines added up by order."""
        return np.bincount(self.order, values, orders).astype(np.int64)


def baskets(dice: Dice, numbers: Ints, wares: tuple[Ware, ...], is_business: Bools) -> Baskets:
    """The lines of orders; no order holds the same ware twice."""
    sizes = dice.weighted(numbers, "lines", _SIZES) + 1
    order = np.repeat(np.arange(len(numbers), dtype=np.int64), sizes)
    position = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    key = numbers[order] * MOST + position
    weights = np.array([ware.weight for ware in wares])
    ware = dice.weighted(key, "ware", weights)
    for attempt in range(1, 50):
        again = _repeated(order, ware, len(wares))
        if not again.any():
            break
        ware[again] = dice.weighted(key[again], f"ware, attempt {attempt}", weights)
    kinds = np.array([ware.kind is Kind.PHYSICAL for ware in wares])
    quantity = dice.weighted(key, "quantity", _QUANTITIES) + 1
    quantity[is_business[order]] += dice.below(key, "business quantity", 4)[is_business[order]]
    quantity[~kinds[ware]] = 1
    unit_price = np.array([ware.price for ware in wares], dtype=np.int64)[ware]
    return Baskets(order, position + 1, key, ware, quantity, unit_price, quantity * unit_price, kinds[ware])


def _repeated(order: Ints, ware: Ints, count: int) -> Bools:
    """Lines whose ware an earlier line of their order holds already."""
    pair = order * count + ware
    by_pair = np.argsort(pair, kind="stable")
    repeated = np.zeros(len(pair), dtype=np.bool_)
    repeated[by_pair[1:]] = pair[by_pair[1:]] == pair[by_pair[:-1]]
    return repeated


def share_of(amounts: Ints, percent: Ints, unit: int) -> Ints:
    """A percentage of each amount, half up to the currency's smallest unit."""
    return (amounts * percent + 50 * unit) // (100 * unit) * unit


def tax_within(amounts: Ints, percent: Ints, unit: int) -> Ints:
    """The tax that amounts with tax hold, half up to the currency's smallest unit."""
    base = (100 + percent) * unit
    return (2 * amounts * percent + base) // (2 * base) * unit
