"""What the values of a table's columns have in common: looked at once, for all rows, before anything is decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from services.imports.amounts import NumberStyle, amount, exact, is_empty, style_of
from services.imports.moments import DateOrder, date_order, has_offset, is_parted

_WORDS = 60
_SAMPLES = 5
_LOOKED_AT = 200_000  # rows


@dataclass
class Column:
    """What is known of one column. `samples` are its first values, `words` its distinct ones while they are few."""

    samples: list[str] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)
    filled: int = 0
    styles: set[NumberStyle] = field(default_factory=set)
    has_sign: bool = False
    is_whole: bool = True
    orders: set[DateOrder] = field(default_factory=set)
    has_parted: bool = False
    has_naive: bool = False
    numbers: list[str] = field(default_factory=list)
    ends_in_zero: bool = True

    def see(self, text: str) -> None:
        """Take note of a value."""
        if is_empty(text):
            return
        self.filled += 1
        if len(self.samples) < _SAMPLES and text not in self.samples:
            self.samples.append(text)
        if len(self.words) < _WORDS or text in self.words:
            self.words[text] = self.words.get(text, 0) + 1
        if len(self.numbers) < _LOOKED_AT:
            self.numbers.append(text)

    def judge(self) -> None:
        """Draw the conclusions, once all was seen."""
        for text in self.numbers:
            if found := style_of([text]):
                self.styles.add(found)
            if "," in text or "." in text:
                self.has_sign = True
            self.is_whole = self.is_whole and text.strip().lstrip("-").isdigit()
            self.ends_in_zero = self.ends_in_zero and text.endswith(".0")
            if is_parted(text):
                self.has_parted = True
                try:
                    if order := date_order([text]):
                        self.orders.add(order)
                except ValueError:
                    pass
            if not has_offset(text):
                self.has_naive = True

    def median(self, style: NumberStyle) -> Decimal | None:
        """The middle of its numbers; None when some are none."""
        try:
            values = sorted(amount(text, style) for text in self.numbers)
        except ValueError:
            return None
        return values[len(values) // 2] if values else None

    def is_share(self, style: NumberStyle) -> bool:
        """Whether all values lie between 0 and 1, and some within."""
        try:
            values = {exact(text, style) for text in self.numbers}
        except ValueError:
            return False
        return bool(values) and all(0 <= value <= 1 for value in values) and any(0 < value < 1 for value in values)


@dataclass
class Profile:
    """The columns by name, and how keys behave. `repeats` says that some key stands on several rows; `weak` that rows
    of one key belong to different customers or days; `varies` the columns that differ within a key."""

    columns: dict[str, Column]
    rows: int = 0
    repeats: bool = False
    is_weak: bool = False
    varies: set[str] = field(default_factory=set)


def profile(
    header: Sequence[str], rows: Iterable[tuple[int, list[str]]], wanted: set[str], key: str, tells: Sequence[str]
) -> Profile:
    """Look at the `wanted` columns of all rows. `key` is the order number's column, `tells` the columns (customer,
    date) that must not differ within a key."""
    places = {name: place for place, name in enumerate(header) if name in wanted}
    found = Profile({name: Column() for name in places})
    key_at = header.index(key) if key in header else -1
    told = [header.index(name) for name in tells if name in header]
    firsts: dict[str, list[str]] = {}
    for _row, cells in rows:
        found.rows += 1
        for name, place in places.items():
            found.columns[name].see(cells[place])
        if key_at < 0 or not cells[key_at].strip() or found.rows > _LOOKED_AT:
            continue
        first = firsts.setdefault(cells[key_at], cells)
        if first is cells:
            continue
        found.repeats = True
        if any(first[place] != cells[place] and first[place] and cells[place] for place in told):
            found.is_weak = True
            continue
        found.varies |= {name for name, place in places.items() if first[place] != cells[place]}
    for column in found.columns.values():
        column.judge()
    return found
