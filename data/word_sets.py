"""The orders in which words stand: SQL for sets of order ids out of `search_terms`, values as named parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from data import phones, terms
from data.filters import Text

_EVERY_ORDER = "select id as order_id from orders"


class WordSets:
    """Makes such sets; `add` gives a parameter its name, `folded` holds the texts asked for as `terms.folded` does.
    What was asked of words is kept in `begun`, for saying why an order matched."""

    def __init__(self, add: Callable[[object], str], folded: Mapping[str, str]) -> None:
        self._add = add
        self._folded = folded
        self.begun: list[str] = []

    @property
    def params(self) -> set[str]:
        """The names of the parameters in `begun`."""
        return set(re.findall(r"\$(\w+)", " ".join(self.begun)))

    def whole(self, field: str, code: str) -> str:
        """Orders with a code: equal, in any case and with or without accents."""
        return _rows(f"term = {self._add(terms.whole(self._folded[code]))} and field = {self._add(field)}")

    def words(self, field: str | None, value: Text) -> str:
        """Orders in which each word of a text begins a word (of one field, or of any), and those whose phone number
        the text may be."""
        folded = self._folded[value.text]
        ways = [self._phrase(field, folded) if value.is_phrase else self._each(field, folded.split())]
        if field in (None, "phone"):
            ways += [_rows(self._begins("phone", digits)) for digits in phones.asked(folded.strip())
                     if field or digits != folded]  # fmt: skip
        return _any(ways)

    def _each(self, field: str | None, words: list[str]) -> str:
        return _all([_rows(self._begins(field, word.lstrip("#") or word)) for word in words])

    def _phrase(self, field: str | None, folded: str) -> str:
        """Its words narrow the orders down, then their texts are read: the words must stand side by side."""
        words = folded.split()
        side_by_side = self._add(" ".join(words))
        return f"""(
            with fresh as materialized (select order_id as id from ({self._each(field, words)})),
            texts as materialized ({terms.texts_of_orders()})
            select distinct order_id from texts
            where contains(regexp_replace({terms.fold("text")}, '{terms.SPACES}', ' ', 'g'), {side_by_side})
        )"""

    def _begins(self, field: str | None, word: str) -> str:
        low, high = terms.bounds(word)
        begun = f"term >= {self._add(low)}"
        if high:
            begun += f" and term < {self._add(high)}"
        if field:
            begun += f" and field = {self._add(field)}"
        self.begun.append(begun)
        return begun


def _rows(condition: str) -> str:
    return f"(select order_id from search_terms where {condition})"


def _any(sets: list[str]) -> str:
    return sets[0] if len(sets) == 1 else f"({' union '.join(sets)})"


def _all(sets: list[str]) -> str:
    return f"({' intersect '.join(sets)})" if len(sets) > 1 else next(iter(sets), f"({_EVERY_ORDER})")
