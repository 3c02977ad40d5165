"""Figures, what they are about and their periods, as mails and screens say them: "March 2026", "PayPal", "3.2 %"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_interval
from babel.numbers import format_currency

from data.dimensions import Dimension, shown
from data.filters import Field
from services.analytics import segments
from services.analytics.answering import Answer
from services.analytics.dimensions import ABOUT
from services.analytics.meanings import MEANINGS, figure
from services.analytics.measures import Column, ColumnType
from services.analytics.periods import Named, Period
from services.language import _, conventions, current, day, month, n_, number, weekday
from services.messages import words as mail_words
from services.money import shown as money
from services.orders.statuses import Kind
from services.query.wording import value_name

LONGEST_RANGE = timedelta(days=6)
_NAMED = {  # dimensions whose values have names in the query language
    Dimension.PAYMENT_METHOD, Dimension.PAYMENT, Dimension.FULFILMENT, Dimension.COUNTRY, Dimension.LANGUAGE,
}  # fmt: skip


def said(value: Any, column: Column, currency: str) -> str:
    """A figure with its unit, exactly; "—" for what is not known."""
    if value is None:
        return "—"
    match column.type:
        case ColumnType.MONEY:
            return money(Decimal(value), column.unit or currency, current())
        case ColumnType.COUNT:
            return number(int(value))
        case ColumnType.QUANTITY:
            return number(Decimal(value).normalize() + 0)
        case ColumnType.SHARE:
            return percent(Decimal(value))
        case ColumnType.HOURS:
            return _hours(Decimal(value))
        case ColumnType.DAY:
            return day(value) if isinstance(value, date) else str(value)
    return n_("{count} day", "{count} days", value) if column.type is ColumnType.DAYS else str(value)


def short(value: Any, column: Column, currency: str) -> str:
    """The same where there is little room: large amounts of money without their cents."""
    if column.type is ColumnType.MONEY and value is not None and abs(value) >= 1000:
        code = column.unit or currency
        return str(
            format_currency(
                round(value), code, locale=conventions(current()), format=_whole(current()), currency_digits=False
            )
        )
    return said(value, column, currency)


def at_axis(value: Decimal, column: Column, currency: str) -> str:
    """The same beside an axis: money without its cents where there are none."""
    if column.type is ColumnType.MONEY and value == value.to_integral_value():
        code = column.unit or currency
        return str(
            format_currency(value, code, locale=conventions(current()), format=_whole(current()), currency_digits=False)
        )
    return said(value, column, currency) if column.type is not ColumnType.COUNT else number(value.normalize() + 0)


def _whole(language: str) -> str:
    return "#,##0\u00a0¤" if language == "fr" else "¤#,##0"


def percent(value: Decimal, signed: bool = False) -> str:
    """A share or a change, in percent already: "12.5 %", "+3 %"."""
    rounded = value.quantize(Decimal("0.1") if abs(value) < 100 else Decimal(1)).normalize() + 0
    plus = "+" if signed and rounded > 0 else ""
    text = number(abs(rounded))
    minus = "−" if rounded < 0 else ""
    return f"{plus}{minus}{text}\u202f%" if current() == "fr" else f"{plus}{minus}{text}%"


def _hours(value: Decimal) -> str:
    if value < 48:
        return _("{hours} h", hours=number(value.normalize() + 0))
    return _("{days} days", days=number((value / 24).quantize(Decimal("0.1")).normalize() + 0))


def value(of: Dimension, raw: Any) -> str:
    """What people call a value of a dimension."""
    if raw in (None, ""):
        return _nothing(of)
    if of in _NAMED:
        return value_name(ABOUT[of].field or Field.SOURCE, str(raw))
    match of:
        case Dimension.DAY:
            return day(raw)
        case Dimension.WEEK:
            return _("{first} to {last}", first=day(raw), last=day(raw + LONGEST_RANGE))
        case Dimension.MONTH | Dimension.COHORT:
            return month(raw)
        case Dimension.QUARTER:
            return _("quarter {quarter} of {year}", quarter=raw[-1], year=raw[:4])
        case Dimension.WEEKDAY:
            return weekday(int(raw))
        case Dimension.HOUR:
            return _("{hour}:00", hour=f"{int(raw):02d}")
        case Dimension.CUSTOMER:
            return _("New customers") if raw == "new" else _("Returning customers")
        case Dimension.KIND:
            return value_name(Field.KIND, raw) if raw in tuple(Kind) else str(raw)
        case Dimension.SEGMENT:
            return segments.name(str(raw))
        case Dimension.TAX_RATE:
            return percent(Decimal(raw))
        case Dimension.MAIL:
            return mail_words.template(raw)
        case Dimension.MAIL_STATE:
            return value_name(Field.MESSAGE, raw)
    return str(raw)


def _nothing(of: Dimension) -> str:
    """What people call that there is no value."""
    return {
        Dimension.COUNTRY: _("No country"),
        Dimension.REGION: _("No region"),
        Dimension.PAYMENT_METHOD: _("No payment method"),
        Dimension.COUPON: _("Without coupon"),
        Dimension.TAG: _("Without tag"),
        Dimension.SHIPPING_METHOD: _("No shipping method"),
        Dimension.CUSTOMER: _("Without address"),
        Dimension.SEGMENT: _("Unknown"),
        Dimension.COHORT: _("Unknown"),
        Dimension.PRODUCT: _("Shipping and fees"),
        Dimension.KIND: _("Shipping and fees"),
        Dimension.FAILURE_REASON: _("No reason given"),
        Dimension.REFUND_REASON: _("No reason given"),
        Dimension.TAX_RATE: _("Too small to tell"),
        Dimension.PROVIDER: _("No provider"),
        Dimension.REFERENCE: _("No reference"),
    }.get(of, "—")


def tick(of: Dimension, raw: Any, is_first: bool) -> str:
    """A step of time in a few letters; the year stands on a second line where it begins."""
    match of:
        case Dimension.DAY | Dimension.WEEK:
            return _dated(raw, "d MMM", is_first or (raw.month == 1 and raw.day <= 7))
        case Dimension.MONTH:
            first = date.fromisoformat(f"{raw}-01")
            return _dated(first, "LLL", is_first or first.month == 1)
        case Dimension.QUARTER:
            return _("Q{quarter}", quarter=raw[-1]) + (f"\n{raw[:4]}" if is_first or raw[-1] == "1" else "")
        case Dimension.WEEKDAY:
            return weekday(int(raw))
    return value(of, raw)


def _dated(at: date, pattern: str, with_year: bool) -> str:
    text = str(format_date(at, pattern, locale=conventions(current())))
    return f"{text}\n{at.year}" if with_year else text


def row_name(found: Answer, row: Mapping[str, Any]) -> str:
    """What a row is about."""
    return " · ".join(part(of, row) for of in found.asked.by)


def part(of: Dimension, row: Mapping[str, Any]) -> str:
    """What a row says of one dimension."""
    if of is Dimension.PRODUCT:
        return str(row["product"] or row["sku"] or _nothing(of))
    return value(of, row[shown(of)[0]])


def column_name(column: Column) -> str:
    """What people call a column of figures."""
    return MEANINGS[figure(column.name)].name()


def period_names() -> dict[Named, str]:
    """What people call periods, in the order in which they are offered."""
    return {
        Named.TODAY: _("Today"),
        Named.YESTERDAY: _("Yesterday"),
        Named.WEEK: _("This week"),
        Named.LAST_WEEK: _("Last week"),
        Named.MONTH: _("This month"),
        Named.LAST_MONTH: _("Last month"),
        Named.LAST_30_DAYS: _("Last 30 days"),
        Named.QUARTER: _("This quarter"),
        Named.LAST_QUARTER: _("Last quarter"),
        Named.YEAR: _("This year"),
        Named.LAST_YEAR: _("Last year"),
        Named.ALL: _("Everything"),
    }


def days(period: Period) -> str:
    """From when to when, as far as it has begun: "1 – 23 Nov 2026"; "Everything" where there is no bound."""
    if period.name is Named.ALL:
        return _("Everything")
    if period.first == period.begun_until:
        return day(period.first)
    return str(format_interval(period.first, period.begun_until, "yMMMd", locale=conventions(current())))
