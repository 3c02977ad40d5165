"""Check digits, as the carriers compute them: each function tells whether `check` belongs to `serial`.

Letters count where a carrier allows them. The names are those of the rule files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_S10 = (8, 6, 4, 2, 3, 5, 9, 7)

Given = Mapping[str, Any]
"""What a rule says about its check digit: multipliers, weightings, moduli."""


def mod7(serial: str, check: str, given: Given) -> bool:
    """The serial's rest by seven."""
    return serial.isdecimal() and int(serial) % 7 == _value(check)


def mod10(serial: str, check: str, given: Given) -> bool:
    """Places weighed in turn, the sum filled up to ten; a letter counts as A = 2, B = 3, …"""
    signs = serial[::-1] if given.get("reverse") else serial
    weights = (int(given.get("evens_multiplier", 1)), int(given.get("odds_multiplier", 1)))
    total = sum(_in_tens(sign) * weights[place % 2] for place, sign in enumerate(signs))
    return -total % 10 == _value(check)


def luhn(serial: str, check: str, given: Given) -> bool:
    """Every second digit from the right doubled, its digits added; the sum filled up to ten."""
    doubled = (2 * int(sign) if place % 2 == 0 else int(sign) for place, sign in enumerate(serial[::-1]))
    return -sum(value - 9 if value > 9 else value for value in doubled) % 10 == _value(check)


def s10(serial: str, check: str, given: Given) -> bool:
    """The postal union's: eight weights, eleven less the rest; ten is written 0, eleven is written 5."""
    rest = sum(int(sign) * weight for sign, weight in zip(serial, _S10, strict=True)) % 11
    return {0: 5, 1: 0}.get(rest, 11 - rest) == _value(check)


def weighted(serial: str, check: str, given: Given) -> bool:
    """A weight for each place, the sum's rest by one number and then by another."""
    total = sum(int(sign) * weight for sign, weight in zip(serial, given["weightings"], strict=True))
    return bool(total % given["modulo1"] % given["modulo2"] == _value(check))


def mod_37_36(serial: str, check: str, given: Given) -> bool:
    """ISO 7064 over digits and letters: the check sign is one of the 36."""
    rest = 36
    for sign in serial:
        rest = (rest + _SIGNS.index(sign)) % 36 or 36
        rest = rest * 2 % 37
    return (37 - rest) % 36 == _SIGNS.index(check)


CHECKS: dict[str, Callable[[str, str, Given], bool]] = {
    "mod7": mod7,
    "mod10": mod10,
    "luhn": luhn,
    "s10": s10,
    "sum_product_with_weightings_and_modulo": weighted,
    "mod_37_36": mod_37_36,
}


def _value(check: str) -> int:
    """A check digit as a number; -1, which no sum gives, for a letter."""
    return int(check) if check.isdecimal() else -1


def _in_tens(sign: str) -> int:
    return int(sign) if sign.isdecimal() else (ord(sign) - 3) % 10
