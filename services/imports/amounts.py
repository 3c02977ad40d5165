"""Numbers as people and programs write them, to exact decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

from services.money import STORED


class NumberStyle(StrEnum):
    """Which sign stands before the decimals."""

    DOT = "dot"
    COMMA = "comma"


EMPTY = frozenset({"", "null", "nan", "n/a", "-", "#n/a", "none"})

_PLAIN = re.compile(r"-?\d+(\.\d+)?\Z")
_SPACES = re.compile("[\\s\u00a0\u202f\u2009']+")
_GROUPS_DOT = re.compile(r"-?\d{1,3}(,\d{2,3})*(\.\d*)?\Z|-?\d+(\.\d*)?\Z|-?\.\d+\Z")
_GROUPS_COMMA = re.compile(r"-?\d{1,3}(\.\d{3})*(,\d*)?\Z|-?\d+(,\d*)?\Z|-?,\d+\Z")
_LETTERS = re.compile(r"[^\W\d_]")
_CURRENCY_WORD = re.compile(r"\A\s*[A-Z]{3}\b|\b[A-Z]{3}\s*\Z|(?<=\d)\s*%|[€$£¥₹₩₫₽₺₴₪฿]|\b(CHF|kr|zł|Kč|Fr\.?)")
_SCIENTIFIC = re.compile(r"-?\d+([.,]\d+)?[eE]\+?\d+\Z")


_SHAPES = {NumberStyle.DOT: _GROUPS_DOT, NumberStyle.COMMA: _GROUPS_COMMA}


def is_empty(text: str) -> bool:
    """Whether a cell of numbers or dates says nothing."""
    return text.strip().lower() in EMPTY


def is_scientific(text: str) -> bool:
    """Whether a spreadsheet wrote a long number as 6.86615E+12: its digits are lost."""
    return bool(_SCIENTIFIC.match(text.strip()))


@lru_cache(maxsize=65_536)
def amount(text: str, style: NumberStyle = NumberStyle.DOT) -> Decimal:
    """A number, to at most three decimals half up. Raises ValueError when it is none."""
    if _PLAIN.match(text) and style is NumberStyle.DOT:
        return _three(Decimal(text))
    return _three(exact(text, style))


@lru_cache(maxsize=65_536)
def exact(text: str, style: NumberStyle = NumberStyle.DOT) -> Decimal:
    """The same with every decimal that is written."""
    bare = _SPACES.sub("", _CURRENCY_WORD.sub("", text.strip()))
    if is_scientific(bare):
        return Decimal(bare.replace(",", "."))
    if _LETTERS.search(bare):
        raise ValueError(text)
    is_negative = (bare.startswith("(") and bare.endswith(")")) or bare.endswith("-")
    bare = bare.strip("()")
    if bare.endswith("-"):
        bare = bare[:-1]
    bare = bare.removeprefix("+")
    if not bare:
        raise ValueError(text)
    if _SHAPES[style].match(bare):
        decimal = style
    else:
        # not readable by the file's rule, so it cannot be meant by it: a column that differs
        decimal = NumberStyle.DOT if style is NumberStyle.COMMA else NumberStyle.COMMA
        if not _SHAPES[decimal].match(bare):
            raise ValueError(text)
    is_comma = decimal is NumberStyle.COMMA
    plain = bare.replace(".", "").replace(",", ".") if is_comma else bare.replace(",", "")
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error
    return -value if is_negative else value


def _three(value: Decimal) -> Decimal:
    if abs(value) >= Decimal(10) ** 15:
        raise ValueError(str(value))
    return value if value.as_tuple().exponent >= -3 else value.quantize(STORED, ROUND_HALF_UP)  # type: ignore[operator]


def style_of(values: Iterable[str]) -> NumberStyle | None:
    """The style that all values agree on; None when they leave it open (`1,234` throughout, or no sign at all) or
    contradict each other."""
    says: set[NumberStyle] = set()
    for text in values:
        bare = _SPACES.sub("", text.strip()).strip("()-€$£%")
        dot, comma = bare.rfind("."), bare.rfind(",")
        if dot >= 0 and comma >= 0:
            says.add(NumberStyle.DOT if dot > comma else NumberStyle.COMMA)
        elif dot >= 0:
            if bare.count(".") > 1:
                says.add(NumberStyle.COMMA)
            elif len(bare) - dot - 1 != 3 or bare.startswith("0."):
                says.add(NumberStyle.DOT)
        elif comma >= 0:
            if bare.count(",") > 1:
                says.add(NumberStyle.DOT)
            elif len(bare) - comma - 1 != 3 or bare.startswith("0,"):
                says.add(NumberStyle.COMMA)
    return says.pop() if len(says) == 1 else None


def is_open(values: Iterable[str]) -> bool:
    """Whether some value has a sign and none decides what it means: `1,234` could be either."""
    kept = list(values)
    return style_of(kept) is None and any("," in text or "." in text for text in kept)
