"""Money that must add up: tolerances, and the sentence when it does not. The source's total always wins."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from services.imports.finding import Finding, Reject, warning
from services.language import _
from services.money import ZERO, is_currency, plain, unit


def tolerance(currency: str, lines: int) -> Decimal:
    """Half a minor unit for each line and one more, at least one minor unit."""
    return max(unit(currency) / 2 * (lines + 1), unit(currency))


def agrees(left: Decimal, right: Decimal, currency: str, lines: int) -> bool:
    """Whether two sums are equal within the tolerance."""
    return abs(left - right) <= tolerance(currency, lines)


def mismatch(row: int, number: str, identity: str, said: Decimal, found: Decimal, currency: str) -> Finding:
    """The warning for an identity that does not hold: its name, both sides and the difference."""
    return warning(
        row, identity.split(" = ")[0], plain(said, currency),
        _(
            "Mismatch at the source: {identity}; it says {said}, the parts give {found}, difference {difference}.",
            identity=identity, said=plain(said, currency), found=plain(found, currency),
            difference=plain(said - found, currency),
        ), number,
    )  # fmt: skip


def known_currency(code: str, column: str) -> str:
    """The currency's code in capitals. Raises `Reject` for an unknown one."""
    upper = code.strip().upper()
    if not is_currency(upper):
        raise Reject(column, code, _("“{value}” is no currency.", value=code))
    return upper


def not_negative(value: Decimal, column: str, text: str) -> Decimal:
    """The amount itself. Raises `Reject` below zero."""
    if value < 0:
        raise Reject(column, text, _("“{value}” is negative.", value=text))
    return value


def allocated(discount: Decimal, amounts: Sequence[Decimal], currency: str) -> list[Decimal]:
    """An order's discount spread over its lines in proportion, by largest remainder: the parts sum to it exactly."""
    whole = sum(amounts, ZERO)
    if discount <= 0 or whole <= 0:
        return [ZERO] * len(amounts)
    step = unit(currency)
    exact = [discount * part / whole for part in amounts]
    parts = [value.quantize(step, ROUND_DOWN) for value in exact]
    left = discount - sum(parts, ZERO)
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in order:
        if left < step:
            break
        parts[index] += step
        left -= step
    parts[order[0]] += left  # less than a minor unit: a source with more decimals than its currency
    return parts
