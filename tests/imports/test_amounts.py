"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.imports.adding_up import allocated
from services.imports.amounts import NumberStyle, amount, is_open, style_of


@pytest.mark.parametrize(
    "text,style,value",
    [
        ("1234.56", "dot", "1234.56"), ("1,234.56", "dot", "1234.56"), ("1'234.56", "dot", "1234.56"),
        ("1,23,456.78", "dot", "123456.78"), ("1.234,56", "comma", "1234.56"), ("1 234,56", "comma", "1234.56"),
        ("1\u00a0234,56", "comma", "1234.56"), ("1\u202f234,56", "comma", "1234.56"), ("(12.00)", "dot", "-12"),
        ("12-", "dot", "-12"), ("€ 12.50", "dot", "12.5"), ("12,00 EUR", "comma", "12"), ("15 %", "dot", "15"),
        ("0.00", "comma", "0"), ("45,06292", "comma", "45.063"),
    ],
)  # fmt: skip
def test_an_amount_reads_as_it_is_meant(text, style, value):
    assert amount(text, NumberStyle(style)) == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "12a", "1.2.3", "--1", "٣x", "Infinity", "9" * 20])
def test_what_is_no_number_is_none(text):
    with pytest.raises(ValueError):
        amount(text)


@pytest.mark.parametrize(
    "values,style",
    [
        (["1,5", "1,234"], NumberStyle.COMMA), (["1.5", "1.234"], NumberStyle.DOT), (["1,234"], None),
        (["1.234,5"], NumberStyle.COMMA), (["12", "7"], None), (["1,5", "1.5"], None),
    ],
)  # fmt: skip
def test_the_style_of_a_column_is_what_all_its_values_agree_on(values, style):
    assert style_of(values) is style


def test_one_sign_before_three_digits_throughout_leaves_it_open():
    assert is_open(["1,234", "5,678"])
    assert not is_open(["12", "14"])


@given(st.decimals(0, 10**6, places=2), st.lists(st.decimals(0, 10**5, places=2), min_size=1, max_size=8))
def test_a_discount_that_is_spread_sums_to_itself(discount, amounts):
    parts = allocated(discount, amounts, "EUR")
    expected = discount if sum(amounts) > 0 else 0
    assert sum(parts) == expected
    assert all(part >= 0 for part in parts)
