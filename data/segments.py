"""Segments of customers: by how many orders they placed and how long ago the latest was, each rule once."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Segment(StrEnum):
    """Customers who are alike; the words of the API, the dearest first."""

    CHAMPIONS = "champions"
    LOYAL = "loyal"
    PROMISING = "promising"
    NEW = "new"
    AT_RISK = "at_risk"
    ASLEEP = "asleep"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who belongs to a segment: customers with `least` to `most` orders (None: any more) that were not cancelled, the
    latest of them within the last `within` months (None: ever) but not within the last `beyond` (0: at any time since).
    """

    least: int = 1
    most: int | None = None
    beyond: int = 0
    within: int | None = None


# Of any number of orders and any day of the latest, exactly one rule holds.
RULES: dict[Segment, Rule] = {
    Segment.CHAMPIONS: Rule(least=4, within=6),
    Segment.LOYAL: Rule(least=2, most=3, within=6),
    Segment.PROMISING: Rule(most=1, beyond=3, within=6),
    Segment.NEW: Rule(most=1, within=3),
    Segment.AT_RISK: Rule(least=2, beyond=6, within=12),
    Segment.ASLEEP: Rule(most=1, beyond=6, within=12),
    Segment.LOST: Rule(beyond=12),
}


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last of that month; the same as SQL's `day - interval`."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# Customers who came back once and have not been seen for half a year: of those at risk and those lost.
LAPSED = "lapsed"
_LAPSED = Rule(least=2, beyond=6)


def rule_of(group: str) -> Rule:
    """The rule of a segment, or of those who lapsed. Raises `ValueError` for any other word."""
    return _LAPSED if group == LAPSED else RULES[Segment(group)]


def of(orders: int, last_on: date, today: date) -> Segment | None:
    """The segment of a customer with so many orders, the latest on `last_on`; None without orders."""
    for segment, rule in RULES.items():
        is_so_many = rule.least <= orders and (rule.most is None or orders <= rule.most)
        is_since = rule.within is None or last_on >= months_before(today, rule.within)
        if is_so_many and is_since and (not rule.beyond or last_on < months_before(today, rule.beyond)):
            return segment
    return None


def as_case(orders: str, last_on: str, today: str) -> str:
    """SQL that names the segment of a customer, out of SQL for orders, the latest day and today."""
    whens = (f"when {holds(rule, orders, last_on, today)} then '{segment}'" for segment, rule in RULES.items())
    return f"case {' '.join(whens)} end"


def holds(rule: Rule, orders: str, last_on: str, today: str) -> str:
    """SQL that is true of a customer to whom a rule applies."""

    def ago(months: int) -> str:
        return f"cast({today} - interval {months} month as date)"

    parts = [f"{orders} >= {rule.least}"] if rule.least > 1 else []
    if rule.most is not None:
        parts.append(f"{orders} <= {rule.most}")
    if rule.within is not None:
        parts.append(f"{last_on} >= {ago(rule.within)}")
    if rule.beyond:
        parts.append(f"{last_on} < {ago(rule.beyond)}")
    return " and ".join(parts)
