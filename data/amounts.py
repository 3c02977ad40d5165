"""SQL that writes money, quantities and moments as our files and the API do."""

from __future__ import annotations

from collections.abc import Mapping

Decimals = Mapping[str, int]  # currency -> decimals of its smallest unit, 0 to 3


def money(amount: str, currency: str, decimals: Decimals, is_even: bool = False) -> str:
    """SQL for an amount as text: with the decimals of its currency, and more only where the amount has more;
    `is_even` promises that none has more, which is quicker."""
    by_places: dict[int, list[str]] = {}
    for code, places in decimals.items():
        by_places.setdefault(places, []).append(code)
    if len(by_places) < 2:
        return _with_places(amount, next(iter(by_places), 2), is_even)
    cases = " ".join(
        f"when {currency} in ({', '.join(map(_quoted, codes))}) then {_with_places(amount, places, is_even)}"
        for places, codes in by_places.items()
    )
    return f"case {cases} end"


def quantity(value: str) -> str:
    """SQL for a quantity as text: whole where it is whole."""
    return f"rtrim(rtrim({value}::varchar, '0'), '.')"


def moment(value: str) -> str:
    """SQL for a UTC timestamp as RFC 3339."""
    return f"strftime({value}, '%Y-%m-%dT%H:%M:%SZ')"


def _with_places(amount: str, places: int, is_even: bool) -> str:
    if places == 0:
        return quantity(amount)
    if places == 3:
        return f"{amount}::varchar"
    short = f"{amount}::decimal(18, {places})"
    if is_even:
        return f"{short}::varchar"
    return f"case when {amount} = {short} then {short}::varchar else rtrim({amount}::varchar, '0') end"


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
