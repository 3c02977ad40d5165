"""Segments of customers: what each is called, its rule in words, and how the order list asks for its orders."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from data.filters import Condition, Field, Range
from data.segments import LAPSED, Segment, months_before, rule_of
from services.language import _, n_


def name(segment: str) -> str:
    """What people call a segment, or those who lapsed; empty: orders of nobody known."""
    if not segment:
        return _("Unknown")
    if segment == LAPSED:
        return _("Six months away")
    return {
        Segment.CHAMPIONS: _("Champions"),
        Segment.LOYAL: _("Loyal"),
        Segment.PROMISING: _("Promising"),
        Segment.NEW: _("Newcomers"),
        Segment.AT_RISK: _("At risk"),
        Segment.ASLEEP: _("Asleep"),
        Segment.LOST: _("Lost"),
    }[Segment(segment)]


def rule(segment: str) -> str:
    """The rule in words: "4 orders or more, the latest within 6 months"."""
    if not segment:
        return _("Orders without an e-mail address or a name")
    of = rule_of(segment)
    return f"{_orders(of.least, of.most)}, {_latest(of.beyond, of.within)}"


def advice(segment: str) -> str:
    """What a shop may do about such customers."""
    if not segment:
        return _("Ask for an e-mail address at the counter to know them.")
    return {
        Segment.CHAMPIONS: _("Thank them; show them first what is new."),
        Segment.LOYAL: _("Keep them close; one more good order makes a champion."),
        Segment.PROMISING: _("Invite them to a second order while they remember you."),
        Segment.NEW: _("Welcome them; their second order decides."),
        Segment.AT_RISK: _("They used to come back: ask what keeps them away."),
        Segment.ASLEEP: _("A reminder may wake some of them."),
        Segment.LOST: _("Write once more, then let them be."),
    }[Segment(segment)]


def conditions(segment: str, today: date) -> tuple[Condition, ...]:
    """What the order list must ask for the orders of a segment's customers, as the segment is on a day."""
    of = rule_of(segment)
    made = [Condition(Field.CUSTOMER_ORDERS, (_count(of.least, of.most),))] if of.least > 1 or of.most else []
    low = months_before(today, of.within) if of.within else None
    high = months_before(today, of.beyond) - timedelta(days=1) if of.beyond else None
    return (*made, Condition(Field.LAST_ORDER, (Range(low, high),)))


def _count(least: int, most: int | None) -> Range:
    return Range(Decimal(least), Decimal(most) if most is not None else None)


def _orders(least: int, most: int | None) -> str:
    if most is None:
        return n_("{count} order or more", "{count} orders or more", least)
    if most == least:
        return n_("{count} order", "{count} orders", least)
    return _("{least} or {most} orders", least=least, most=most)


def _latest(beyond: int, within: int | None) -> str:
    if within is None:
        return n_("the latest more than {count} month ago", "the latest more than {count} months ago", beyond)
    if not beyond:
        return n_("the latest within {count} month", "the latest within {count} months", within)
    return _("the latest {least} to {most} months ago", least=beyond, most=within)
