"""Products by what they bring: classes A, B and C, and those that sold before and no longer do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from data.dimensions import Dimension
from data.filters import Filter
from data.measures import Measure
from services.analytics.answering import Answer, Asked
from services.analytics.measures import Ratio
from services.language import _, n_

Row = Mapping[str, Any]
BEST = (Measure.PLACED, Measure.ORDERS, Measure.ITEMS)
RETURNS = (Measure.RETURNED_ITEMS, Ratio.RETURN_RATE, Measure.ITEMS, Measure.REFUNDED)
PRICES = (
    *(Ratio.AVERAGE_PRICE, Ratio.LIST_PRICE, Ratio.MARKDOWN_RATE),
    *(Measure.MARKDOWN, Measure.LISTED, Measure.PLACED, Measure.ITEMS),
)
MARGINS = (Measure.MARGIN, Ratio.MARGIN_RATE, Measure.COST, Measure.COSTED, Measure.UNCOSTED)
ASLEEP = (Measure.PLACED, Measure.ORDERS, Measure.ITEMS, Measure.LAST_SOLD_ON)
A_UNTIL, B_UNTIL = Decimal(80), Decimal(95)  # percent of what was ordered, from the best product on
DEAD_DAYS = 90  # without a sale


class Letter(StrEnum):
    """A class of products."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A product's row of an answer, its class, and its share of all products in percent; `until` is what all up to it
    bring together."""

    row: Row
    letter: Letter
    share: Decimal
    until: Decimal


@dataclass(frozen=True, slots=True)
class Class:
    """How many products a class has and what they bring, both also in percent of all."""

    letter: Letter
    products: int
    products_share: Decimal
    placed: Decimal
    share: Decimal


def asked(figures: tuple[Any, ...], filter: Filter, currency: str, by: Dimension = Dimension.PRODUCT) -> Asked:
    """The question of some figures by product."""
    return Asked(figures, (by,), filter, currency=currency)


def ranked(found: Answer) -> list[Ranked]:
    """The products of an answer with `placed`, the best first, each in its class: A are those that bring the first
    80 percent, B those up to 95, C the rest. What brings nothing is in C."""
    rows = sorted(named(found.rows), key=lambda row: -row["placed"])
    whole = sum((row["placed"] for row in rows if row["placed"] > 0), Decimal(0))
    made, before = [], Decimal(0)
    for row in rows:
        amount = max(row["placed"], Decimal(0))
        part = 100 * before / whole if whole else B_UNTIL
        letter = Letter.C if amount <= 0 or part >= B_UNTIL else Letter.A if part < A_UNTIL else Letter.B
        before += amount
        share = 100 * amount / whole if whole else Decimal(0)
        made.append(Ranked(row, letter, share, 100 * before / whole if whole else Decimal(0)))
    return made


def classes(rows: Sequence[Ranked]) -> list[Class]:
    """The classes that have a product."""
    whole = sum((one.row["placed"] for one in rows), Decimal(0))
    made = []
    for letter in Letter:
        own = [one.row["placed"] for one in rows if one.letter is letter]
        if own:
            placed = sum(own, Decimal(0))
            share = 100 * placed / whole if whole else Decimal(0)
            made.append(Class(letter, len(own), Decimal(100 * len(own)) / len(rows), placed, share))
    return made


def rule(letter: Letter) -> str:
    """The rule of a class in words."""
    return {
        Letter.A: _("The best sellers, which together bring the first {share}% of the sales", share=A_UNTIL),
        Letter.B: _("Those after them, up to {share}%", share=B_UNTIL),
        Letter.C: _("The rest, which brings the last {share}%", share=100 - B_UNTIL),
    }[letter]


def asleep(found: Answer, today: date, days: int = DEAD_DAYS) -> list[tuple[Row, int]]:
    """The products of an answer with `last_sold_on` that did not sell in the last `days` days, with the days since;
    those that brought most first."""
    made = [
        (row, (today - row["last_sold_on"]).days)
        for row in named(found.rows)
        if row["last_sold_on"] and (today - row["last_sold_on"]).days > days
    ]
    return sorted(made, key=lambda one: (-one[0]["placed"], one[1]))


def asleep_for(days: int) -> str:
    """How long no sale makes a product sleep, in words."""
    return n_("not in the last {count} day", "not in the last {count} days", days)


def named(rows: Sequence[Row]) -> list[Row]:
    """The rows of products, without what no line explains: shipping, fees."""
    return [row for row in rows if row["sku"] or row["product"]]
