"""What the values of each field look like, and how they are read."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from data.filters import FEES, Bound, Field, Presence, Range, Text, Value
from services.language import _
from services.messages.states import MessageState
from services.orders.statuses import FulfilmentStatus, Kind, PaymentStatus
from services.query.mistakes import nearest

Span = tuple[Bound, Bound]  # first and last of what one value covers: a month has a first and a last day

_COMPARED = re.compile(r"(>=|<=|>|<|=)(.*)", re.DOTALL)
# Fields that take only these words.
CHOICES: dict[Field, tuple[str, ...]] = {
    Field.PAYMENT: tuple(PaymentStatus),
    Field.FULFILMENT: tuple(FulfilmentStatus),
    Field.STATUS: (*PaymentStatus, *FulfilmentStatus),
    Field.KIND: (*Kind, FEES),
    Field.MESSAGE: tuple(MessageState),
    Field.CUSTOMER: ("new", "returning"),
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Unreadable(ValueError):
    """A value that its field does not take; the text is a sentence, `meant` the value probably meant or empty."""

    def __init__(self, sentence: str, meant: str = "") -> None:
        super().__init__(sentence)
        self.meant = meant


def value(field: Field, text: str, is_quoted: bool) -> Value:
    """The value that a text means for a field. Raises `Unreadable`."""
    if not is_quoted and text.lower() in tuple(Presence):
        return Presence(text.lower())
    read = _SPANS.get(field)
    if read:
        return _range(field, text, read)
    if field is Field.NUMBER:
        return _number(text, is_quoted)
    if field in CHOICES:
        return Text(_choice(field, text, CHOICES[field]))
    if not text.strip():
        raise Unreadable(_("{field}: needs a value.", field=field.value))
    return Text(text)


def _choice(field: Field, text: str, known: Iterable[str]) -> str:
    plain = text.strip().lower().replace(" ", "_").replace("-", "_")
    if plain in known:
        return plain
    meant = nearest(plain, known)
    if meant:
        raise Unreadable(
            _("“{value}” is no {field}. Did you mean {meant}?", value=text, field=field.value, meant=meant), meant
        )
    raise Unreadable(
        _("“{value}” is no {field}. It takes {known}.", value=text, field=field.value, known=", ".join(known))
    )


def _range(field: Field, text: str, read: Callable[[str], Span]) -> Range:
    compared = _COMPARED.fullmatch(text)
    if compared:
        sign, (first, last) = compared[1], read(compared[2].strip())
        return {
            ">": Range(low=last, is_low_in=False),
            ">=": Range(low=first),
            "<": Range(high=first, is_high_in=False),
            "<=": Range(high=last),
            "=": Range(first, last),
        }[sign]
    if ".." not in text:
        return Range(*read(text.strip()))
    low, high = (part.strip() for part in text.split("..", 1))
    if not low and not high:
        raise Unreadable(_("A range needs a beginning or an end, such as {field}:{example}.", field=field.value,
                           example=_EXAMPLES[field]))  # fmt: skip
    found = Range(read(low)[0] if low else None, read(high)[1] if high else None)
    if found.low is not None and found.high is not None and found.low > found.high:  # type: ignore[operator]
        raise Unreadable(
            _("The range {value} ends before it begins. Did you mean {meant}?", value=text, meant=f"{high}..{low}"),
            f"{high}..{low}",
        )
    return found


def _number(text: str, is_quoted: bool) -> Value:
    """Order numbers are names, but a comparison or range asks for the figure in them."""
    if not is_quoted and (_COMPARED.fullmatch(text) or re.fullmatch(r"#?\d*\.\.#?\d*", text)):
        return _range(Field.NUMBER, text.replace("#", ""), _whole)
    if not text.strip(" #"):
        raise Unreadable(_("{field}: needs a value.", field="number"))
    return Text(text)


def _whole(text: str) -> Span:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise Unreadable(_("“{value}” is no whole number.", value=text))
    return Decimal(text), Decimal(text)


def _money(text: str) -> Span:
    try:
        amount = Decimal(text.replace(" ", "").replace("_", "x"))
    except InvalidOperation:
        amount = Decimal("nan")
    if not amount.is_finite() or abs(amount) >= 10**15:
        raise Unreadable(_("“{value}” is no amount. Write it with a point, such as 12.90.", value=text))
    return amount, amount


def _percent(text: str) -> Span:
    try:
        rate = Decimal(text.strip().removesuffix("%").strip())
    except InvalidOperation:
        rate = Decimal("nan")
    if not rate.is_finite() or not 0 <= rate < 1000:
        raise Unreadable(_("“{value}” is no rate in percent. Write it like 20 or 5.5.", value=text))
    return rate, rate


def _days(text: str) -> Span:
    """The first and last day of a day, a month or a year."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text, re.ASCII)
    try:
        if parts and parts[3]:
            day = date(int(parts[1]), int(parts[2]), int(parts[3]))
            return day, day
        if parts and parts[2]:
            year, month = int(parts[1]), int(parts[2])
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        if parts:
            return date(int(parts[1]), 1, 1), date(int(parts[1]), 12, 31)
    except ValueError as error:
        raise Unreadable(_("“{value}” is no day of the calendar.", value=text)) from error
    raise Unreadable(_("“{value}” is no date. Write it like 2026-03-14, 2026-03 or 2026.", value=text))


def _weekday(text: str) -> Span:
    """A day of the week by its English name or by its number, 1 for Monday."""
    name = text.lower()
    place = int(name) if re.fullmatch("[1-7]", name) else _WEEKDAYS.index(name) + 1 if name in _WEEKDAYS else 0
    if not place:
        meant = nearest(name, _WEEKDAYS)
        raise Unreadable(_("“{value}” is no weekday. Write it like monday, or 1 to 7.", value=text), meant)
    return Decimal(place), Decimal(place)


def _hour(text: str) -> Span:
    if not re.fullmatch("[0-9]{1,2}", text) or int(text) > 23:
        raise Unreadable(_("“{value}” is no hour of the day: hours go from 0 to 23.", value=text))
    return Decimal(text), Decimal(text)


def _months(text: str) -> Span:
    parts = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?", text, re.ASCII)
    if not parts:
        raise Unreadable(_("“{value}” is no month. Write it like 2026-03.", value=text))
    if not parts[2]:
        return f"{parts[1]}-01", f"{parts[1]}-12"
    if not 1 <= int(parts[2]) <= 12:
        raise Unreadable(_("“{value}” is no month: months go from 01 to 12.", value=text))
    month = f"{parts[1]}-{int(parts[2]):02}"
    return month, month


_SPANS: dict[Field, Callable[[str], Span]] = {
    Field.TOTAL: _money,
    Field.DUE: _money,
    Field.REFUNDED: _money,
    Field.PLACED: _days,
    Field.WEEKDAY: _weekday,
    Field.HOUR: _hour,
    Field.PAID: _days,
    Field.MOVED: _days,
    Field.SINCE: _days,
    Field.MONTH: _months,
    Field.FIRST_ORDER: _days,
    Field.LAST_ORDER: _days,
    Field.CUSTOMER_ORDERS: _whole,
    Field.CUSTOMER_TOTAL: _money,
    Field.TAX_RATE: _percent,
}
_EXAMPLES = {
    Field.TOTAL: "10..20",
    Field.DUE: "10..20",
    Field.REFUNDED: "10..20",
    Field.NUMBER: "1000..1099",
    Field.PLACED: "2026-03-01..2026-03-14",
    Field.WEEKDAY: "1..5",
    Field.HOUR: "9..12",
    Field.PAID: "2026-03-01..2026-03-14",
    Field.MOVED: "2026-03-01..2026-03-14",
    Field.SINCE: "2026-03-01..2026-03-14",
    Field.MONTH: "2026-01..2026-03",
    Field.FIRST_ORDER: "2026-03-01..2026-03-14",
    Field.LAST_ORDER: "2026-03-01..2026-03-14",
    Field.CUSTOMER_ORDERS: "2..5",
    Field.CUSTOMER_TOTAL: "100..500",
    Field.TAX_RATE: "5..10",
}
