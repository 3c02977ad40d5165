"""How many decimals the smallest unit of a currency has, in SQL."""

from __future__ import annotations

from functools import cache

from babel.core import get_global

USUAL, MOST = 2, 3  # decimals: of a currency that CLDR says nothing else of, and that the store keeps


@cache
def _unusual() -> dict[int, list[str]]:
    """decimals -> the currencies that have so many, by CLDR."""
    found: dict[int, list[str]] = {}
    for code, (decimals, *_cash) in sorted(get_global("currency_fractions").items()):
        if len(code) == 3 and min(MOST, decimals) != USUAL:
            found.setdefault(min(MOST, decimals), []).append(code)
    return found


def decimals(currency: str) -> str:
    """SQL for the decimals of the currency that the SQL `currency` gives: 2 for EUR, 0 for JPY, at most three."""
    cases = (
        f"when {currency} in ({', '.join(map(repr, codes))}) then {places}" for places, codes in _unusual().items()
    )
    return f"case {' '.join(cases)} else {USUAL} end"
