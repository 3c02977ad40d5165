"""Why is it different? A figure from a bank, another system or last Monday is laid beside ours: what would explain the
gap, to the cent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from data import reconciling
from data.filters import Condition, Field, Filter, Presence, Range, Text
from data.measures import Measure
from data.store import Row
from services import clock, query
from services.analytics.answering import Asked, ask
from services.analytics.bridging import Span, Step, bridge
from services.analytics.measures import Clock
from services.analytics.words import chosen_currency, words
from services.errors import Invalid, store_errors
from services.language import _, day
from services.orders.statuses import PaymentStatus
from services.shop import Shop

COMPARED = (Measure.PLACED, Measure.PAID, Measure.REFUNDED, Measure.NET, Measure.ORDERS)
MOST_SINGLE = 5
_MONEY = (Measure.PAID, Measure.REFUNDED, Measure.NET)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Something that is counted otherwise there: `by` is what our figure would gain by it, `query` lists the orders
    (None where there is no such list), `is_exact` when it makes the whole gap."""

    sentence: str
    by: Decimal
    query: str | None
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """`theirs` − `ours` = `gap`, and what may explain it: to the cent first, then what comes nearest."""

    figure: Measure
    ours: Decimal
    theirs: Decimal
    gap: Decimal
    currency: str
    query: str
    explanations: tuple[Explanation, ...]


def difference(
    shop: Shop,
    figure: Measure,
    first: date,
    last: date,
    theirs: Decimal,
    filter: Filter,
    counted: Clock = Clock.ORDER,
    currency: str = "",
) -> Difference:
    """Lay a figure of somebody else's beside ours of the days from `first` to `last`. `filter` asks for no days.

    Raises `Invalid` for a range in reverse, and for a figure that cannot be compared.
    """
    if first > last:
        raise Invalid(_("The period ends before it begins."), {"last": _("The period ends before it begins.")})
    if figure not in COMPARED:
        names = ", ".join(COMPARED)
        raise Invalid(_("Only these figures can be laid beside others: {names}.", names=names), {"figure": names})
    profile = shop.profile()
    chosen = chosen_currency(currency) or profile.currency
    within = filter & Filter((Condition(Field.PLACED, (Range(first, last),)),))
    is_moved = counted is Clock.EVENT and figure in _MONEY
    given = {**words(chosen, clock.day(clock.now(), profile.time_zone)), "first": first, "last": last}
    given["currency"] = chosen
    with store_errors(), shop.store.read() as read:
        told = {step.step: step for step in bridge(shop, within, chosen, read).spans} if figure in _MONEY else {}
        parts = reconciling.otherwise(read, filter, given)
        if is_moved:
            ours = Decimal(getattr(told[Step.BY_EVENT], figure))
        else:
            found = ask(shop, Asked((figure,), (), within, Clock.ORDER, chosen), read).rows
            ours = Decimal(found[0][figure] if found else 0)
        gap = theirs - ours
        single = [] if not gap else reconciling.single(read, filter, given, abs(gap), MOST_SINGLE)
    made = [*_otherwise(figure, parts, filter, (first, last), chosen, is_moved)]
    if told:
        made += _by_other_clock(figure, told, is_moved)
    made += [*_single(single, gap, first, last)]
    explanations = _best(made, gap) if gap else ()
    behind = query.write(within & _of(chosen))
    return Difference(figure, ours, theirs, gap, chosen, behind, explanations)


def _of(currency: str) -> Filter:
    return Filter((Condition(Field.CURRENCY, (Text(currency),)),))


def _otherwise(
    figure: Measure, parts: Row, filter: Filter, days: tuple[date, date], currency: str, is_moved: bool
) -> Iterator[Explanation]:
    """What our figure would gain if orders were counted otherwise."""
    first, last = days
    within = filter & Filter((Condition(Field.PLACED, (Range(first, last),)),)) & _of(currency)
    cancelled = Condition(Field.PAYMENT, (Text(PaymentStatus.CANCELLED.value),))

    def listed(*conditions: Condition) -> str:
        return query.write(within & Filter(conditions))

    def made(sentence: str, by: Decimal | int, orders: str | None) -> Iterator[Explanation]:
        if by:
            yield Explanation(sentence, Decimal(by), orders)

    stand = replace(cancelled, is_negated=True)
    if figure is Measure.ORDERS:
        yield from made(_("They count cancelled orders."), parts["cancelled_orders"], listed(cancelled))
        yield from made(_("Their days end at midnight UTC, not in the shop’s time zone."), parts["utc_orders"], None)
        yield from made(_("They count orders in other currencies too."), parts["foreign_orders"], None)
        return
    if figure is Measure.PLACED:
        yield from made(_("They count cancelled orders."), parts["cancelled"], listed(cancelled))
        yield from made(_("They count without tax."), -parts["tax"], listed(stand))
        yield from made(_("They count without shipping and handling."), -parts["fees"], listed(stand))
        bare = -parts["fees"] - parts["tax"]
        yield from made(_("They count without tax, shipping and handling."), bare, listed(stand))
        yield from made(_("They count before discounts."), parts["discount"], listed(stand))
        due = Condition(Field.DUE, (Presence.ANY,))
        yield from made(_("They leave out what is not paid yet."), -parts["due"], listed(stand, due))
        refunds = Condition(Field.REFUNDED, (Presence.ANY,))
        yield from made(_("They take refunds off."), -parts["refunded"], listed(refunds))
        yield from made(_("They leave out the first day."), -parts["placed_first_day"], _day(filter, first, currency))
        yield from made(_("They leave out the last day."), -parts["placed_last_day"], _day(filter, last, currency))
        before, after = date.fromordinal(first.toordinal() - 1), date.fromordinal(last.toordinal() + 1)
        yield from made(_("They count the day before too."), parts["placed_day_before"], _day(filter, before, currency))
        yield from made(_("They count the day after too."), parts["placed_day_after"], _day(filter, after, currency))
        yield from made(_("Their days end at midnight UTC, not in the shop’s time zone."), parts["utc_placed"], None)
        yield from made(_("They add up other currencies as if they were this one."), parts["foreign_placed"], None)
        return
    if not is_moved and figure is Measure.PAID:
        yield from made(_("Their days end at midnight UTC, not in the shop’s time zone."), parts["utc_paid"], None)
        yield from made(_("They add up other currencies as if they were this one."), parts["foreign_paid"], None)
    if figure is Measure.PAID:
        refunds = Condition(Field.REFUNDED, (Presence.ANY,))
        yield from made(_("They take refunds off."), -parts["refunded"], listed(refunds))
    if figure is Measure.NET:
        refunds = Condition(Field.REFUNDED, (Presence.ANY,))
        yield from made(_("They do not take refunds off."), parts["refunded"], listed(refunds))


def _day(filter: Filter, asked: date, currency: str) -> str:
    return query.write(filter & Filter((Condition(Field.PLACED, (Range(asked, asked),)),)) & _of(currency))


def _by_other_clock(figure: Measure, told: dict[Step, Span], is_moved: bool) -> Iterator[Explanation]:
    """Each step of the bridge from our clock to the other one, and all of them together."""
    sign = -1 if is_moved else 1
    ends = [Decimal(getattr(told[step], figure)) for step in (Step.BY_ORDER, Step.BY_EVENT)]
    if ends[0] != ends[1]:
        sentence = (
            _("They count money on the day of its order, not on the day on which it moved.")
            if is_moved
            else _("They count money on the day on which it moved, not on the day of its order.")
        )
        yield Explanation(sentence, sign * (ends[1] - ends[0]), None)
    sentences = {
        Step.MOVED_BEFORE: _("Money that moved before the period for orders of the period."),
        Step.MOVED_AFTER: _("Money that moved after the period for orders of the period."),
        Step.OF_EARLIER_ORDERS: _("Money that moved in the period for earlier orders."),
        Step.OF_LATER_ORDERS: _("Money that moved in the period for later orders."),
    }
    for step, sentence in sentences.items():
        by = Decimal(getattr(told[step], figure))
        if by:
            yield Explanation(sentence, sign * by, told[step].query)


def _single(rows: list[Row], gap: Decimal, first: date, last: date) -> Iterator[Explanation]:
    """Single orders that make the whole gap."""
    for row in rows:
        is_within = first <= row["placed_on"] <= last
        if is_within and gap < 0:
            sentence = _(
                "Order {number} of {day} may be missing there.", number=row["number"], day=day(row["placed_on"])
            )
        elif is_within:
            sentence = _(
                "Order {number} of {day} may be counted twice there.", number=row["number"], day=day(row["placed_on"])
            )
        elif gap > 0:
            sentence = _(
                "Order {number} of {day}, beside the period, may be counted there.",
                number=row["number"], day=day(row["placed_on"]),
            )  # fmt: skip
        else:
            continue
        by_number = Filter((Condition(Field.NUMBER, (Text(row["number"].lstrip("#")),)),))
        yield Explanation(sentence, gap, query.write(by_number))


def _best(made: list[Explanation], gap: Decimal) -> tuple[Explanation, ...]:
    """Those that make the whole gap, or pairs that do where none does alone; then the others by how near they come."""
    exact = [replace(one, is_exact=True) for one in made if one.by == gap]
    pairs = [
        Explanation(f"{one.sentence} {other.sentence}", gap, one.query or other.query, is_exact=True)
        for one, other in combinations([one for one in made if one.by != gap], 2)
        if not exact and one.by + other.by == gap
    ]
    near = sorted((one for one in made if one.by != gap and one.by), key=lambda one: abs(gap - one.by))
    return (*exact, *pairs, *near)
