"""A phone number is found in any spelling."""

from __future__ import annotations

import pytest

from data import phones, terms
from services.shop import Shop

FRENCH = [
    ("FR", "06 12 34 56 78"),
    ("FR", "06.12.34.56.78"),
    ("FR", "0612345678"),
    ("FR", "612345678"),
    ("FR", "+33 6 12 34 56 78"),
    ("BE", "+33 (0)6 12 34 56 78"),
    ("", "0033612345678"),
    ("FR", "33612345678"),
    ("FR", "(+33)06-12-34-56-78"),
    ("fr", "Tel: 06 12 34 56 78"),
    ("FR", "06\u00a012\u00a034\u00a056\u00a078"),
]
FRENCH_ASKED = [
    "06 12 34 56 78", "0612345678", "+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033 6.12.34", "612345678",
    "+33 06 12 34 56 78", "06-12-34",
]  # fmt: skip
ELSEWHERE = [
    ("US", "(555) 010-1234", "+1 555 010 1234"),
    ("US", "+1-555-010-1234", "555 010 1234"),
    ("US", "1 555 010 1234", "(555) 010-1234"),
    ("IT", "06 1234 5678", "+39 06 1234 5678"),
    ("IT", "+39 06 1234 5678", "06 1234 5678"),
    ("RU", "8 912 345-67-89", "+7 912 345 67 89"),
    ("HU", "06 1 234 5678", "+36 1 234 5678"),
    ("GB", "020 7946 0018", "+44 20 7946 0018"),
    ("PT", "212 345 678", "+351 212 345 678"),
    ("DE", "030 901820 ext. 7", "+49 30 901820"),
]


def words(shop: Shop, country: str, number: str) -> set[str]:
    with shop.store.read() as read:
        texts = "select uuid() as order_id, $field as field, $text as text"
        return {row["term"] for row in read.rows(terms.words(texts), {"field": f"phone:{country}", "text": number})}


def is_found(held: set[str], asked: str) -> bool:
    return any(word.startswith(begun) for begun in phones.asked(asked) for word in held)


def test_a_french_number_is_found_however_it_was_written(shop: Shop) -> None:
    missed = [
        (stored, asked)
        for country, stored in FRENCH
        if (held := words(shop, country, stored))
        for asked in FRENCH_ASKED
        if not is_found(held, asked)
    ]
    assert missed == []


def test_other_countries_dial_in_their_way(shop: Shop) -> None:
    assert [case for case in ELSEWHERE if not is_found(words(shop, case[0], case[1]), case[2])] == []


def test_another_number_is_not_found(shop: Shop) -> None:
    held = words(shop, "FR", "06 12 34 56 78")
    assert held == {"0612345678", "612345678", "33612345678", "330612345678"}
    assert not is_found(held, "+49 6 12 34 56 78")


@pytest.mark.parametrize("text", ["", "12", "mug 1234", "+", "06 12 x"])
def test_what_is_no_phone_number_is_not_asked_for_as_one(text: str) -> None:
    assert phones.asked(text) == []
