"""The parameters of a list in an address, and the filter they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema

from data.filters import Condition, Filter, Range, Sort, Text, Value
from data.filters import Field as Named
from services import query
from services.analytics import Asked, Clock, dimension, figure
from services.language import _
from services.orders.finding import LARGEST_PAGE
from services.orders.statuses import FulfilmentStatus, PaymentStatus

MOST = 50  # values of one parameter
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", examples=["2026-03"])]
Word = Annotated[str, Field(min_length=1, max_length=200)]


def _written_as(pattern: str, example: str) -> BeforeValidator:
    """Only what is written so: the framework would take a bare number for seconds since 1970, and `1_0` for 10."""

    def check(given: object) -> object:
        if isinstance(given, str) and not re.fullmatch(pattern, given, re.ASCII):
            raise ValueError(_("write it like {example}", example=example))
        return given

    return BeforeValidator(check)


DAY, AMOUNT = r"\d{4}-\d{2}-\d{2}", r"-?\d{1,12}(\.\d{1,3})?"
Day = Annotated[date | None, _written_as(DAY, "2026-03-14"), WithJsonSchema({"type": "string", "format": "date"})]
Amount = Annotated[
    Decimal | None,
    _written_as(AMOUNT, "12.90"),
    WithJsonSchema({"type": "string", "pattern": "^-?[0-9]{1,12}(\\.[0-9]{1,3})?$", "examples": ["12.90"]}),
]
Cursor = Annotated[str | None, WithJsonSchema({"type": "string", "maxLength": 1000})]


class FilterParameters(BaseModel):
    """Which orders. Repeat a parameter for "any of"; all that is given must hold."""

    q: str = Field("", max_length=4000, description="The query language of the search box.")
    payment_method: list[Word] = Field([], max_length=MOST, description="A method's key or the shop's word for it.")
    month: list[Month] = Field([], max_length=MOST, description="Months of the shop's calendar, such as 2026-03.")
    payment_status: list[PaymentStatus] = Field([], max_length=MOST)
    fulfilment_status: list[FulfilmentStatus] = Field([], max_length=MOST)
    country: list[Word] = Field([], max_length=MOST, description="ISO 3166 alpha-2.")
    sku: list[Word] = Field([], max_length=MOST)
    tag: list[Word] = Field([], max_length=MOST)
    placed_from: Day = Field(None, description="First day, in the shop's time zone.")
    placed_to: Day = Field(None, description="Last day, in the shop's time zone.")
    total_min: Amount = None
    total_max: Amount = None

    def filter(self) -> Filter:
        """The filter they stand for. Raises `Misread` for a `q` that is not understood."""
        conditions = [
            *_any_of(Named.PAYMENT_METHOD, map(Text, self.payment_method)),
            *_any_of(Named.MONTH, (Range(month, month) for month in self.month)),
            *_any_of(Named.PAYMENT, map(Text, self.payment_status)),
            *_any_of(Named.FULFILMENT, map(Text, self.fulfilment_status)),
            *_any_of(Named.COUNTRY, map(Text, self.country)),
            *_any_of(Named.SKU, map(Text, self.sku)),
            *_any_of(Named.TAG, map(Text, self.tag)),
        ]
        if self.placed_from or self.placed_to:
            conditions.append(Condition(Named.PLACED, (Range(self.placed_from, self.placed_to),)))
        if self.total_min is not None or self.total_max is not None:
            conditions.append(Condition(Named.TOTAL, (Range(self.total_min, self.total_max),)))
        return query.parse(self.q) & Filter(tuple(conditions))


class ListParameters(FilterParameters):
    """A page of a list."""

    sort: Sort = Field(Sort.NEWEST, description="A leading minus turns the order round.")
    limit: int = Field(50, ge=1, le=LARGEST_PAGE)
    cursor: Cursor = Field(None, max_length=1000, description="`next` of the answer before.")


class AnalyticsParameters(FilterParameters):
    """What an analytic answer is asked under."""

    clock: Clock = Field(Clock.ORDER, description="Money counts on the day of its order, or on its own day.")
    currency: str = Field("", pattern=r"^([A-Za-z]{3})?$", description="ISO 4217; the shop's own when absent.")


class FigureParameters(AnalyticsParameters):
    """Figures of one's own choice."""

    measures: str = Field(
        max_length=1000, description="Figures, separated by commas.", examples=["placed,orders,average_order"]
    )
    by: str = Field(
        "", max_length=1000, description="What to tell them apart by, separated by commas.", examples=["month,country"]
    )
    limit: int = Field(100_000, ge=1, le=1_000_000, description="At most so many rows, the largest first.")

    def asked(self) -> Asked:
        """What is asked for. Raises `Invalid` for a figure or a dimension that does not exist."""
        return Asked(
            tuple(dict.fromkeys(figure(name) for name in _names(self.measures))),
            tuple(dict.fromkeys(dimension(name) for name in _names(self.by))),
            self.filter(),
            self.clock,
            self.currency,
            self.limit,
        )


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def _any_of(field: Named, values: Iterable[Value]) -> list[Condition]:
    found = tuple(dict.fromkeys(values))
    return [Condition(field, found)] if found else []
