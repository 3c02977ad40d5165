"""Chance that repeats itself: every draw is a function of the seed, of what is asked and of whom it is asked for.

So a shop does not depend on how it is cut into portions, and a customer is the same person in each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from services.demo.columns import Bools, Floats, Ints

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True)
class Dice:
    """Draws for numbered things (orders, customers, lines); `what` names the question."""

    seed: int

    def bits(self, who: Ints, what: str) -> NDArray[np.uint64]:
        """64 random bits for each (the splitmix64 generator, counted by `who`)."""
        salt = _mixed(np.array([(self.seed * 0x100000001 + crc32(what.encode())) % 2**64], dtype=np.uint64))
        return _mixed(salt ^ (who.astype(np.uint64) * _STEP))

    def share(self, who: Ints, what: str) -> Floats:
        """A number in [0, 1) for each."""
        return (self.bits(who, what) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def happens(self, who: Ints, what: str, chance: float | Floats) -> Bools:
        """Whether a thing of this chance happens to each."""
        return self.share(who, what) < chance

    def below(self, who: Ints, what: str, limit: int | Ints) -> Ints:
        """A whole number from 0 to below `limit` for each."""
        return (self.share(who, what) * limit).astype(np.int64)

    def weighted(self, who: Ints, what: str, weights: Sequence[float] | Floats) -> Ints:
        """An index into `weights` for each, as often as it weighs."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        return np.searchsorted(edges / edges[-1], self.share(who, what), side="right").astype(np.int64)

    def between(self, who: Ints, what: str, low: float, high: float) -> Ints:
        """A whole number from `low` to below `high` for each, all as likely."""
        return (low + self.share(who, what) * (high - low)).astype(np.int64)

    def wait(self, who: Ints, what: str, mean: float) -> Ints:
        """A waiting time for each: never nothing, mostly near `mean`, now and then much longer."""
        shares = np.log1p(-self.share(who, what)) + np.log1p(-self.share(who, what + ", again"))
        return (-shares * (mean / 2)).astype(np.int64)


def _mixed(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    value = value + _STEP
    value = (value ^ (value >> np.uint64(30))) * _MIX_1
    value = (value ^ (value >> np.uint64(27))) * _MIX_2
    return value ^ (value >> np.uint64(31))
