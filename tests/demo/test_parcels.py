"""Tracking numbers bear the check digit that their carrier prints."""

from __future__ import annotations

import re

import numpy as np
import pytest

from services.demo.dice import Dice
from services.demo.parcels import numbers_of

PARCELS = np.arange(500, dtype=np.int64)


def numbers(carrier: str) -> list[str]:
    return [str(number) for number in numbers_of(carrier, Dice(1), PARCELS)[0].to_pylist()]


@pytest.mark.parametrize("carrier", ["Colissimo", "Chronopost"])
def test_a_postal_number_keeps_the_rule_of_the_postal_union(carrier: str) -> None:
    for number in numbers(carrier):
        found = re.fullmatch(r"[A-Z]{2}(\d{8})(\d)FR", number)
        assert found, number
        rest = 11 - sum(int(d) * w for d, w in zip(found[1], (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
        assert int(found[2]) == {10: 0, 11: 5}.get(rest, rest)


def test_a_number_of_dhl_ends_with_its_rest_by_seven() -> None:
    assert all(re.fullmatch(r"\d{10}", n) and int(n[:9]) % 7 == int(n[9]) for n in numbers("DHL"))


def test_a_number_of_ups_adds_up() -> None:
    for number in numbers("UPS"):
        assert re.fullmatch(r"1Z[A-Z0-9]{15}\d", number), number
        signs = [int(s) if s.isdigit() else (ord(s) - 63) % 10 for s in number[2:17]]
        assert (10 - sum(s * (2 if place % 2 else 1) for place, s in enumerate(signs)) % 10) % 10 == int(number[17])


def test_a_carrier_without_numbers_has_none() -> None:
    assert set(numbers("")) == {""}
