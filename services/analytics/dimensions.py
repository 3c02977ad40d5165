"""What figures can be told apart by: for each dimension its name, its type, and how the order list asks for a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from data.dimensions import CUTS, Dimension, shown
from data.filters import FEES, Condition, Field, Presence, Range, Text
from services.analytics import segments
from services.analytics.measures import Column, ColumnType
from services.analytics.naming import did_you_mean
from services.errors import Invalid
from services.language import _

_D, _T, _F = Dimension, ColumnType, Field
_FEES = (Condition(Field.KIND, (Text(FEES),)),)


@dataclass(frozen=True, slots=True)
class About:
    """A dimension: its type, its name for people, and the field by which the order list asks for a value of it (None:
    it cannot)."""

    type: ColumnType
    name: Callable[[], str]
    field: Field | None = None


ABOUT: dict[Dimension, About] = {
    _D.DAY: About(_T.DAY, lambda: _("Day"), _F.PLACED),
    _D.WEEK: About(_T.WEEK, lambda: _("Week"), _F.PLACED),
    _D.MONTH: About(_T.MONTH, lambda: _("Month"), _F.MONTH),
    _D.QUARTER: About(_T.QUARTER, lambda: _("Quarter"), _F.PLACED),
    _D.YEAR: About(_T.YEAR, lambda: _("Year"), _F.PLACED),
    _D.WEEKDAY: About(_T.NUMBER, lambda: _("Weekday"), _F.WEEKDAY),
    _D.HOUR: About(_T.NUMBER, lambda: _("Hour"), _F.HOUR),
    _D.PAYMENT_METHOD: About(_T.PAYMENT_METHOD, lambda: _("Payment method"), _F.PAYMENT_METHOD),
    _D.PAYMENT: About(_T.TEXT, lambda: _("Payment"), _F.PAYMENT),
    _D.FULFILMENT: About(_T.TEXT, lambda: _("Fulfilment"), _F.FULFILMENT),
    _D.COUNTRY: About(_T.COUNTRY, lambda: _("Country"), _F.COUNTRY),
    _D.REGION: About(_T.TEXT, lambda: _("Region"), _F.REGION),
    _D.CURRENCY: About(_T.CURRENCY, lambda: _("Currency"), _F.CURRENCY),
    _D.LANGUAGE: About(_T.TEXT, lambda: _("Language"), _F.LANGUAGE),
    _D.SOURCE: About(_T.TEXT, lambda: _("Source"), _F.SOURCE),
    _D.SHIPPING_METHOD: About(_T.TEXT, lambda: _("Shipping method"), _F.SHIPPING_METHOD),
    _D.COUPON: About(_T.TEXT, lambda: _("Coupon"), _F.COUPON),
    _D.TAG: About(_T.TEXT, lambda: _("Tag"), _F.TAG),
    _D.CUSTOMER: About(_T.TEXT, lambda: _("New or returning"), _F.CUSTOMER),
    _D.EMAIL: About(_T.TEXT, lambda: _("Customer"), _F.EMAIL),
    _D.PRODUCT: About(_T.TEXT, lambda: _("Product"), _F.SKU),
    _D.CATEGORY: About(_T.TEXT, lambda: _("Category"), _F.CATEGORY),
    _D.KIND: About(_T.TEXT, lambda: _("Kind"), _F.KIND),
    _D.TAX_RATE: About(_T.SHARE, lambda: _("Tax rate"), _F.TAX_RATE),
    _D.FAILURE_REASON: About(_T.TEXT, lambda: _("Reason of the failure"), _F.PAYMENT_MESSAGE),
    _D.REFUND_REASON: About(_T.TEXT, lambda: _("Reason of the refund"), _F.REFUND_REASON),
    _D.PROVIDER: About(_T.TEXT, lambda: _("Payment provider"), _F.PROVIDER),
    _D.REFERENCE: About(_T.TEXT, lambda: _("Reference"), _F.REFERENCE),
    _D.ORDER: About(_T.TEXT, lambda: _("Order"), _F.NUMBER),
    _D.MAIL: About(_T.TEXT, lambda: _("Mail"), _F.MAIL),
    _D.COHORT: About(_T.MONTH, lambda: _("Month of the first order"), _F.FIRST_ORDER),
    _D.MONTHS_LATER: About(_T.NUMBER, lambda: _("Months later"), _F.MONTH),
    _D.SEGMENT: About(_T.TEXT, lambda: _("Segment"), _F.LAST_ORDER),
    _D.MAIL_STATE: About(_T.TEXT, lambda: _("What became of it"), _F.MESSAGE),
}


def dimension(name: str) -> Dimension:
    """The dimension of a name. Raises `Invalid` with the nearest one."""
    if name in tuple(Dimension):
        return Dimension(name)
    sentence = _("Figures cannot be told apart by “{name}”.", name=name) + did_you_mean(name, list(Dimension))
    raise Invalid(sentence, {"by": sentence})


def columns(of: Dimension) -> tuple[Column, ...]:
    """The columns in which an answer shows a dimension."""
    if CUTS[of].columns and shown(of) != (of.value,):
        return tuple(Column(name, ColumnType.TEXT) for name in shown(of))
    return (Column(of.value, ABOUT[of].type, "%" if ABOUT[of].type is ColumnType.SHARE else ""),)


def conditions(of: Dimension, row: dict[str, Any], today: date | None = None) -> tuple[Condition, ...] | None:
    """What the order list must ask for the orders of a row, None where it cannot ask for that. `today` is the day on
    which it was asked, without which nobody knows a segment's customers."""
    field = ABOUT[of].field
    if field is None:
        return None
    if of is Dimension.PRODUCT:
        return _product(row)
    if of is Dimension.ORDER:
        return (Condition(Field.NUMBER, (Text(row["number"]),)),) if row["number"] else None
    if of is Dimension.MONTHS_LATER:
        return _months_later(row)
    if of is Dimension.SEGMENT and row[of.value]:
        return segments.conditions(row[of.value], today) if today else None
    value = row[of.value]
    if of is Dimension.KIND and not value:
        return _FEES
    if value in ("", None):
        return (Condition(field, (Presence.NONE,)),)
    span = days(of, value)
    if span and field in (Field.PLACED, Field.FIRST_ORDER):
        return (Condition(field, (Range(*span),)),)
    if of is Dimension.MONTH:
        return (Condition(field, (Range(value, value),)),)
    if of is Dimension.TAX_RATE:
        rate = Decimal(value).normalize()
        return (Condition(field, (Range(rate, rate),)),)
    if of in (Dimension.COUPON, Dimension.TAG):
        return tuple(Condition(field, (Text(one),)) for one in str(value).split(", "))
    return (Condition(field, (Text(str(value)),)),)


def moved(of: Dimension, value: Any) -> tuple[Condition, ...] | None:
    """What the order list must ask for the orders whose money moved in a step of time, None for what is no such
    step."""
    span = days(of, value)
    return (Condition(Field.MOVED, (Range(*span),)),) if span else None


def _product(row: dict[str, Any]) -> tuple[Condition, ...]:
    if row["sku"]:
        return (Condition(Field.SKU, (Text(row["sku"]),)),)
    return (Condition(Field.PRODUCT, (Text(row["product"]),)),) if row["product"] else _FEES


def _months_later(row: dict[str, Any]) -> tuple[Condition, ...] | None:
    """The month that lies so many after the cohort's. Orders of nobody known have no first month to count from."""
    if Dimension.COHORT.value not in row:
        return None
    if not (cohort := row[Dimension.COHORT.value]):
        return ()
    year, month = divmod(int(cohort[:4]) * 12 + int(cohort[5:]) - 1 + row[Dimension.MONTHS_LATER.value], 12)
    later = f"{year:04}-{month + 1:02}"
    return (Condition(Field.MONTH, (Range(later, later),)),)


def days(of: Dimension, value: Any) -> tuple[date, date] | None:
    """The first and the last day of a step of time, None for what is no such step."""
    if of is Dimension.DAY:
        return value, value
    if of is Dimension.WEEK:
        return value, value + timedelta(days=6)
    if of in (Dimension.MONTH, Dimension.COHORT):
        return _months(int(value[:4]), int(value[5:]), 1)
    if of is Dimension.QUARTER:
        return _months(int(value[:4]), int(value[-1]) * 3 - 2, 3)
    if of is Dimension.YEAR:
        return date(int(value), 1, 1), date(int(value), 12, 31)
    return None


def is_open(of: Dimension, value: Any, today: date) -> bool:
    """Whether a step of time is not over."""
    span = days(of, value) if CUTS[of].step else None
    return span is not None and span[0] <= today <= span[1]


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """`count` months from one on."""
    after = date(year + (month + count - 1) // 12, (month + count - 1) % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)
