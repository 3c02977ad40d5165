"""Taxes of an order by rate, found from its amounts: sources state what was charged, seldom at which rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.money import ZERO, rounded, unit
from services.orders.order import Order

_STEPS = (Decimal(1), Decimal("0.5"), Decimal("0.1"))  # rates are whole percents first, then halves, then tenths
_MOST = Decimal(40)  # percent; no country takes more


@dataclass(frozen=True, slots=True)
class TaxRow:
    """What is taxed at a rate. `rate` is percent, None where the amounts do not tell it; `base` is without tax."""

    rate: Decimal | None
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Taxed:
    """A part of an order: its amount without tax, its tax, and by how much rounding may have moved the tax, and the
    base where the tax was taken out of the price."""

    base: Decimal
    tax: Decimal
    slack: Decimal
    base_slack: Decimal


def by_rate(order: Order) -> tuple[TaxRow, ...]:
    """The order's taxes, highest rate first. The taxes sum to `order.tax`, the bases to `order.total - order.tax`."""
    parts = _parts(order)
    rates = _rates(parts)
    sums: dict[Decimal | None, tuple[Decimal, Decimal]] = {}
    for part, rate in zip(parts, rates, strict=True):
        base, tax = sums.get(rate, (ZERO, ZERO))
        sums[rate] = (base + part.base, tax + part.tax)
    ordered = sorted(sums.items(), key=lambda item: -1 if item[0] is None else item[0], reverse=True)
    rows = [TaxRow(rate, rounded(base, order.currency), tax) for rate, (base, tax) in ordered if base or tax]
    return tuple(_closed(rows, order.total - order.tax))


def line_rates(order: Order) -> dict[str, Decimal | None]:
    """The rate of each line, by its id."""
    parts = _parts(order)
    return dict(zip([line.id for line in order.lines], _rates(parts), strict=False))


def _parts(order: Order) -> list[Taxed]:
    """The lines, less their part of the discount on the whole order, then shipping and handling."""
    cent = unit(order.currency)
    fees = order.shipping_fee + order.handling_fee
    of_lines = sum((line.tax for line in order.lines), ZERO)
    if not of_lines and order.tax:
        slack = cent * max(1, len(order.lines))
        return [Taxed(order.total - order.tax, order.tax, slack, slack if order.tax_included else ZERO)]
    goods = sum((line.total for line in order.lines), ZERO)
    on_all = order.discount - sum((line.discount for line in order.lines), ZERO)
    parts = []
    for line in order.lines:
        amount = line.total - (on_all * line.total / goods if goods else ZERO)
        base = amount - line.tax if order.tax_included else amount
        slack = cent / 2 * max(Decimal(1), line.quantity)
        parts.append(Taxed(base, line.tax, slack, slack if order.tax_included else ZERO))
    if fees or order.tax != of_lines:
        rest = order.tax - of_lines
        parts.append(Taxed(fees - rest if order.tax_included else fees, rest, cent, ZERO))
    return parts


def _rates(parts: Sequence[Taxed]) -> list[Decimal | None]:
    """A rate for each part. The large ones tell it best; a small one takes a rate that is there when it fits."""
    found: dict[int, Decimal | None] = {}
    known: list[Decimal] = []
    for index in sorted(range(len(parts)), key=lambda index: -parts[index].base):
        rate = _rate(parts[index], known)
        found[index] = rate
        if rate is not None and rate not in known:
            known.append(rate)
    return [found[index] for index in range(len(parts))]


def _rate(part: Taxed, known: Iterable[Decimal]) -> Decimal | None:
    if not part.tax:
        return ZERO if part.base >= 0 else None
    if part.base <= 0:
        return None
    least = (part.tax - part.slack) / (part.base + part.base_slack) * 100
    most = (part.tax + part.slack) / max(part.base - part.base_slack, part.slack) * 100
    middle = part.tax / part.base * 100
    fitting = [rate for rate in known if rate and least <= rate <= most]
    for step in _STEPS:
        fitting = fitting or [rate for rate in [(middle / step).to_integral_value() * step] if least <= rate <= most]
    return min(fitting, key=lambda rate: abs(rate - middle)) if fitting and fitting[0] <= _MOST else None


def _closed(rows: list[TaxRow], base: Decimal) -> list[TaxRow]:
    """The rows with the cents that rounding of shares left over put to the largest base."""
    over = base - sum((row.base for row in rows), ZERO)
    if not over or not rows:
        return rows
    largest = max(range(len(rows)), key=lambda index: rows[index].base)
    rows[largest] = TaxRow(rows[largest].rate, rows[largest].base + over, rows[largest].tax)
    return rows
