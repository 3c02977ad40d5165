"""Asking for an answer: figures under a filter of the order list, each with the orders behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from data import analytics
from data.filters import Condition, Field, Filter, Text
from data.store import Row
from services import query
from services.analytics.measures import Clock, Column, ColumnType, definition, words
from services.analytics.reports import Report, report
from services.errors import Invalid, store_errors
from services.language import _
from services.money import plain, rounded
from services.orders.statuses import PaymentStatus
from services.shop import Shop


@dataclass(frozen=True, slots=True)
class Answer:
    """Figures that explain themselves. `rows` are by column name: money as `Decimal`, days as `date`, months as
    `2026-03`. `behind` has, row by row, the query that lists the orders whose totals make `placed`, or None where no
    query can (money counted on its own day). `sql` can be run as it stands."""

    name: str
    definition: str
    filter: str
    clock: Clock
    time_zone: str
    currency: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    behind: tuple[str | None, ...]
    sql: str


def answer(
    shop: Shop, name: str, filter: Filter | None = None, clock: Clock = Clock.ORDER, currency: str = ""
) -> Answer:
    """The answer `name` for the orders that match `filter`, in one currency (the shop's own unless given).

    A currency that no order has gives no rows. Raises `NotFound` for an unknown name, `Invalid` for what is no
    currency.
    """
    asked = report(name)
    filter = filter or Filter()
    profile = shop.profile()
    chosen = _currency(currency) or profile.currency
    file = f"{name}_of_event" if asked.has_clock and clock is Clock.EVENT else name
    with store_errors(), shop.store.read() as read:
        found = analytics.answer(read, file, filter, words(chosen))
    columns = asked.columns(chosen)
    is_own_day = asked.has_clock and clock is Clock.EVENT
    return Answer(
        name=name,
        definition=definition(clock if asked.has_clock else Clock.ORDER, profile.time_zone, chosen),
        filter=query.write(filter),
        clock=clock,
        time_zone=profile.time_zone,
        currency=chosen,
        columns=columns,
        rows=tuple(_figures(row, columns, chosen) for row in found.rows),
        behind=tuple(None if is_own_day else behind(asked, row, filter, chosen) for row in found.rows),
        sql=found.sql,
    )


def behind(asked: Report, row: Row, filter: Filter, currency: str) -> str:
    """The query that lists the orders whose totals make the `placed` of a row."""
    own = asked.condition(row[asked.dimension.value]) if asked.dimension else ()
    counted = (
        Condition(Field.CURRENCY, (Text(currency),)),
        Condition(Field.PAYMENT, (Text(PaymentStatus.CANCELLED.value),), is_negated=True),
    )
    return query.write(filter & Filter((*own, *counted)))


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as the API writes it: money as text with the currency's decimals."""
    return {
        "name": answer.name,
        "definition": answer.definition,
        "filter": answer.filter,
        "time_zone": answer.time_zone,
        "currency": answer.currency,
        "columns": [{"name": c.name, "type": c.type.value, "unit": c.unit} for c in answer.columns],
        "rows": [{c.name: _written(row[c.name], answer.currency) for c in answer.columns} for row in answer.rows],
        "sql": answer.sql,
    }


def _written(value: Any, currency: str) -> Any:
    if isinstance(value, Decimal):
        return plain(value, currency)
    return value if isinstance(value, int | str) or value is None else value.isoformat()


def _figures(row: Row, columns: tuple[Column, ...], currency: str) -> Row:
    """A row by columns: counts as `int`, sums as they are, an average to the currency's smallest unit."""
    figures = {**row}
    if "average_order" not in row:
        average = row["placed"] / row["orders"] if row["orders"] else Decimal(0)
        figures["average_order"] = rounded(Decimal(average), currency)
    kinds = {ColumnType.COUNT: int, ColumnType.MONEY: Decimal}
    return {c.name: kinds[c.type](figures[c.name]) if c.type in kinds else figures[c.name] for c in columns}


def _currency(given: str) -> str:
    code = given.strip().upper()
    if code and not re.fullmatch("[A-Z]{3}", code):
        raise Invalid(
            _("“{currency}” is no currency; it takes an ISO 4217 code such as EUR.", currency=given),
            {"currency": _("It takes an ISO 4217 code such as EUR.")},
        )
    return code
