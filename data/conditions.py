"""The SQL of a filter: a condition on `orders o`, values always as named parameters."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from datetime import datetime
from decimal import Decimal

from data import fact_conditions, fields, terms
from data.filters import FEES, Bound, Condition, Field, Filter, Presence, Range, Text, Value
from data.ranges import within
from data.store import Reader
from data.word_sets import WordSets

# Up to so many orders that words find are named one by one.
_FEW = 500


class Where:
    """The SQL of a filter with its parameters: `sql` is a condition on `orders o`. When the filter asks of words
    only, `words` is SQL for the ids of the orders it finds (a column `order_id`, not distinct), else None. Once it is
    settled, `ids` are those orders, in their order, when they are few; otherwise `total` counts them, and `latest` are
    those with the highest ids, the highest first."""

    def __init__(self, read: Reader, filter: Filter) -> None:
        self.params: dict[str, object] = {}
        asked = [v.text for c in filter.conditions for v in c.values if isinstance(v, Text)]
        self._folded = terms.folded(read, asked)
        self._read = read
        self.sets = WordSets(self.add, self._folded)
        found: list[str] = []
        conditions, rest = fact_conditions.joined(filter.conditions, self.add)
        conditions += [self._condition(condition, found) for condition in rest]
        self.ids: list[str] | None = None
        self.latest: list[str] = []
        self.total = 0
        self.sql = " and ".join(conditions) or "true"
        self.words = " intersect ".join(found) if found and len(found) == len(conditions) else None

    def settle(self, read: Reader) -> None:
        """Ask now which orders the words find. When they are few they stand in `ids`, and `sql` names them: constants
        are looked for in few places, a set out of another table in all."""
        if self.words is None:
            return
        rows = read.tuples(
            f"with found as materialized (select distinct order_id from ({self.words})) "
            "select order_id::varchar, (select count(*) from found) from found "
            f"order by found.order_id desc limit {_FEW + 1}",
            self.params,
        )
        self.latest = [order_id for order_id, _ in rows]
        self.total = rows[0][1] if rows else 0
        if self.total <= _FEW:
            self.ids, self.params = self.latest[::-1], {}
            self.sql = f"o.id in ({', '.join(f'{self.add(one)}::uuid' for one in self.ids)})" if rows else "false"
            self.words = None

    def copy(self) -> Where:
        """The same, for parameters that only one question has."""
        other = copy(self)
        other.params = dict(self.params)
        return other

    def add(self, value: object) -> str:
        """A parameter for `value`; its name as SQL."""
        name = f"p{len(self.params)}"
        self.params[name] = value
        return f"${name}"

    def _condition(self, condition: Condition, found: list[str]) -> str:
        """SQL of a condition; a set that it alone asks for is added to `found`."""
        sets = [self._set(condition.field, value) for value in condition.values]
        if None in sets:
            any_of = " or ".join(self._value(condition.field, value) for value in condition.values)
            return f"not coalesce(({any_of}), false)" if condition.is_negated else f"({any_of})"
        union = " union ".join(one for one in sets if one)
        if condition.is_negated:
            return f"not coalesce(o.id in ({union}), false)"
        found.append(f"({union})")
        return f"o.id in ({union})"

    def _set(self, field: Field | None, value: Value) -> str | None:
        """SQL for the orders in which a value stands as words or as a code, None for other values."""
        if not isinstance(value, Text):
            return None
        if field in fields.WHOLE:
            return self.sets.whole(fields.WHOLE[field], value.text)
        if field is None or field in fields.WORDS:
            return self.sets.words(fields.WORDS[field] if field else None, value)
        return None

    def _value(self, field: Field | None, value: Value) -> str:
        if field in fact_conditions.FIELDS:
            return fact_conditions.sql(field, value, self.add)
        if isinstance(value, Presence):
            held = fields.HELD[field] if field else "true"
            return held if value is Presence.ANY else f"not {held}"
        if isinstance(value, Range):
            return self._of_facts(field, value) or self._range(self._ranged(field, value), value)
        return self._text(field, value)

    def _of_facts(self, field: Field | None, value: Range) -> str:
        """What facts tell, not a column: when money came in, since when the order has its statuses, and what the
        customer's orders say together."""
        if field in fields.OF_CUSTOMER:
            return f"o.customer_key in ({fields.CUSTOMERS} having {self._range(fields.OF_CUSTOMER[field], value)})"
        if field is Field.PAID:
            return f"o.id in ({fields.PAYMENTS} and {self._range('on_date', value)})"
        if field is Field.MOVED:
            # a movement whose day the source does not tell counts on its order's day
            known, placed = self._range("on_date", value), self._range("o.placed_on", value)
            undated = f"o.id in ({fields.MOVEMENTS} and on_date is null)"
            return f"(o.id in ({fields.MOVEMENTS} and {known}) or ({placed} and {undated}))"
        if field is not Field.SINCE:
            return ""
        parts = []
        if value.low is not None:
            low = self._start(value.low, later=not value.is_low_in)
            parts.append(f"(o.placed_at >= {low} or o.id in ({fields.MOVED} {low}))")
        if value.high is not None:
            high = self._start(value.high, later=value.is_high_in)
            parts.append(f"(o.placed_at < {high} and o.id not in ({fields.MOVED} {high}))")
        return f"({' and '.join(parts)})" if parts else "true"

    def _ranged(self, field: Field | None, value: Range) -> str:
        """SQL for what a range of a field is asked of."""
        if field is Field.WEEKDAY:
            return "isodow(o.placed_on)"
        if field is Field.HOUR:
            return f"hour(timezone({self.add(self._read.zone)}, timezone('UTC', o.placed_at)))"
        if field is Field.PLACED and (isinstance(value.low, datetime) or isinstance(value.high, datetime)):
            return "o.placed_at"
        high = value.high
        if field is Field.DUE and isinstance(high, Decimal) and (high < 0 or (high == 0 and not value.is_high_in)):
            return fields.BALANCE
        return f"o.{fields.RANGES[field]}" if field else "null"

    def _customer(self, text: str) -> str:
        held = "" if text == "returning" else "o.customer_key <> '' and not "
        return f"({held}o.id in ({fields.RETURNING}))"

    def _start(self, day: Bound, *, later: bool) -> str:
        """SQL for the UTC moment at which a day of the shop begins, or the day after it."""
        began = f"{self.add(day)}::date + {int(later)}"
        return f"timezone('UTC', timezone({self.add(self._read.zone)}, ({began})::timestamp))"

    def _range(self, column: str, value: Range) -> str:
        return within(column, value, self.add)

    def _text(self, field: Field | None, value: Text) -> str:
        words = self._set(field, value)
        if words:  # beside none or any
            return f"o.id in ({words})"
        by_kind: list[tuple[bool, Callable[[], str]]] = [
            (field is Field.NUMBER, lambda: self._number(value.text)),
            (
                field is Field.MESSAGE,
                lambda: f"o.id in (select order_id from messages where state = {self.add(value.text)})",
            ),
            (field is Field.KIND and value.text == FEES, fact_conditions.fees),
            (field is Field.KIND, lambda: f"list_contains(o.kinds, {self.add(value.text)})"),
            (field is Field.CUSTOMER, lambda: self._customer(value.text)),
            (field is Field.REGION, lambda: f"{terms.fold(fields.REGION)} = {self.add(self._folded[value.text])}"),
            (field is Field.SHIPPING_METHOD, lambda: self._column_words("o.shipping_method", value.text)),
            (field in fields.STATUSES, lambda: self._equal(fields.STATUSES[field], value.text)),  # type: ignore[index]
            (field in fields.CODES, lambda: self._folded_equal(fields.CODES[field], value.text)),  # type: ignore[index]
        ]
        return next(make() for fits, make in by_kind if fits)

    def _equal(self, columns: tuple[str, ...], text: str) -> str:
        mark = self.add(text)
        return "(" + " or ".join(f"o.{column} = {mark}" for column in columns) + ")"

    def _folded_equal(self, columns: tuple[str, ...], text: str) -> str:
        """The values of the first column that fold to the text; when there is none, of the next. They are looked up
        first, as to list the few values that a column has costs less than to fold it again and again."""
        if columns[0] in fields.FOLDED and self._is_there(columns[0], self._folded[text]):
            return f"o.{columns[0]} = {self.add(self._folded[text])}"
        for column in columns:
            values = self._read.known(
                f"select value from (select distinct {column} as value from orders) where {terms.fold('value')} = ?",
                [self._folded[text]],
            )
            if values:
                return f"o.{column} in ({', '.join(self.add(value) for (value,) in values)})"
        return "false"

    def _is_there(self, column: str, value: str) -> bool:
        return bool(self._read.known(f"select 1 from orders where {column} = ? limit 1", [value]))

    def _number(self, text: str) -> str:
        bare = self._folded[text].strip().lstrip("#")
        digits = int(bare) if re.fullmatch("[0-9]{1,18}", bare) else None
        same = f"{terms.fold('ltrim(o.number, chr(35))')} = {self.add(bare)}"
        return f"({same} or o.number_sort = {self.add(digits)})" if digits is not None else same

    def _column_words(self, column: str, text: str) -> str:
        starts = [
            f"regexp_matches({terms.fold(column)}, '(^|[^\\p{{L}}\\p{{N}}])' || {self.add(re.escape(word))})"
            for word in self._folded[text].split()
        ]
        return f"({' and '.join(starts)})" if starts else "true"
