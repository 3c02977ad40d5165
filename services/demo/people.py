"""The demo shop's customers: a number is always the same person, with a name and an address of their country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from services.demo.columns import Ints, chosen, texts
from services.demo.dice import Dice
from services.demo.places import COMPANIES, COUNTRIES, FIRST_NAMES, LAST_NAMES, NAMES_OF, SECOND_LINES


@dataclass(frozen=True)
class People:
    """Columns for a list of customers: `country` is the place in `COUNTRIES`, `address` by part of an address."""

    country: Ints
    town: Ints
    address: dict[str, pa.Array]
    email: pa.Array
    language: pa.Array

    def where(self, keep: np.ndarray) -> dict[str, pa.Array]:
        """The address, empty for those that `keep` leaves out."""
        mask = pa.array(keep)
        return {part: pc.if_else(mask, column, "") for part, column in self.address.items()}


def people(dice: Dice, numbers: Ints) -> People:
    """The persons behind customer numbers."""
    country = dice.weighted(numbers, "country", [place.weight for place in COUNTRIES])
    names = np.array([list(FIRST_NAMES).index(NAMES_OF[place.code]) for place in COUNTRIES])[country]
    first = _one_of(dice, numbers, "first name", names, _firsts())
    last = _one_of(dice, numbers, "last name", names, _lasts())
    town = _index(dice, numbers, "town", country, [_towns(place) for place in range(len(COUNTRIES))])
    street = _index(dice, numbers, "street", country, [place.streets for place in COUNTRIES])
    towns = [entry for place in range(len(COUNTRIES)) for entry in _towns(place)]
    before, after = zip(*_street_ends(), strict=True)
    house = texts(dice.weighted(numbers, "house", 1 / np.arange(12, 200)) + 1)
    name = pc.binary_join_element_wise(first, last, " ")
    business = dice.happens(numbers, "company", 0.06)
    return People(
        country,
        town,
        {
            "name": name,
            "company": pc.if_else(pa.array(business), _any_of(dice, numbers, "company name", COMPANIES), ""),
            "line1": pc.binary_join_element_wise(chosen(before, street), house, chosen(after, street), ""),
            "line2": pc.if_else(
                pa.array(dice.happens(numbers, "line2", 0.12) & (names == 0)),
                _any_of(dice, numbers, "second line", SECOND_LINES),
                "",
            ),
            "city": chosen([entry[0] for entry in towns], town),
            "region": chosen([entry[1] for entry in towns], town),
            "postal_code": chosen([entry[2] for entry in towns], town),
            "country": chosen([place.code for place in COUNTRIES], country),
            "phone": _phones(dice, numbers, country),
        },
        _emails(first, last, numbers),
        chosen([place.language for place in COUNTRIES], country),
    )


def town_numbers(name: str) -> list[int]:
    """The values of `People.town` that stand for a town of this name."""
    towns = [entry for place in range(len(COUNTRIES)) for entry in _towns(place)]
    return [number for number, entry in enumerate(towns) if entry[0] == name]


@lru_cache(maxsize=32)
def _towns(place: int) -> tuple[tuple[str, str, str], ...]:
    """Every (town, region, postal code) of a country."""
    return tuple((town, region, code) for town, region, codes in COUNTRIES[place].towns for code in codes)


def _street_ends() -> list[tuple[str, str]]:
    """What stands before and after the house number, for every street of every country."""
    return [
        tuple(place.street.replace("{street}", street).split("{number}", 1))  # type: ignore[misc]
        for place in COUNTRIES
        for street in place.streets
    ]


def _firsts() -> list[Sequence[str]]:
    return list(FIRST_NAMES.values())


def _lasts() -> list[Sequence[str]]:
    return [LAST_NAMES[group] for group in FIRST_NAMES]


def _index(dice: Dice, numbers: Ints, what: str, group: Ints, pools: Sequence[Sequence[object]]) -> Ints:
    """For each one, a place in the pools laid end to end, within the pool of its group."""
    sizes = np.array([len(pool) for pool in pools], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return starts[group] + dice.below(numbers, what, sizes[group])


def _one_of(dice: Dice, numbers: Ints, what: str, group: Ints, pools: Sequence[Sequence[str]]) -> pa.Array:
    return chosen([word for pool in pools for word in pool], _index(dice, numbers, what, group, pools))


def _any_of(dice: Dice, numbers: Ints, what: str, words: Sequence[str]) -> pa.Array:
    return chosen(words, dice.below(numbers, what, len(words)))


def _phones(dice: Dice, numbers: Ints, country: Ints) -> pa.Array:
    widths = np.array([place.phone[1] for place in COUNTRIES], dtype=np.int64)
    tens = 10 ** widths[country]
    end = pc.utf8_slice_codeunits(texts(tens + dice.below(numbers, "phone", tens)), 1)
    return pc.binary_join_element_wise(chosen([place.phone[0] for place in COUNTRIES], country), end, "")


def _emails(first: pa.Array, last: pa.Array, numbers: Ints) -> pa.Array:
    """ines.kaba42@example.com: plain letters, and a number that makes it theirs alone."""
    name = pc.utf8_lower(pc.binary_join_element_wise(first, last, "."))
    for letters, plain in (
        ("[àáâäã]", "a"), ("[çć]", "c"), ("[éèêë]", "e"), ("[íìîï]", "i"), ("ñ", "n"), ("[óòôöõ]", "o"),
        ("[úùûü]", "u"), ("ß", "ss"), ("[^a-z.]", ""),
    ):  # fmt: skip
        name = pc.replace_substring_regex(name, letters, plain)
    return pc.binary_join_element_wise(name, pc.binary_join_element_wise(texts(numbers + 1), "@example.com", ""), "")
