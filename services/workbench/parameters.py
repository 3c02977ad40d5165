"""Parameters of a question (`$month`): what each takes, and what a person typed read as that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from services.errors import Invalid
from services.language import _

Value = str | Decimal | date | bool


class ParameterType(StrEnum):
    """What a parameter takes."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MONTH = "month"
    YES_NO = "yes_no"


_GUESSES = (
    (r"(^|_)month$", ParameterType.MONTH),
    (r"(_on$)|(^|_)(day|date|from|to|since|until|first|last)$", ParameterType.DAY),
    (r"^(is|has)_", ParameterType.YES_NO),
    (r"(^|_)(limit|count|least|most|min|max|total|amount|number|days|top|percent)$", ParameterType.NUMBER),
)


def guessed(name: str) -> ParameterType:
    """What a parameter of this name probably takes; a person may say otherwise."""
    return next((kind for sign, kind in _GUESSES if re.search(sign, name)), ParameterType.TEXT)


def read(name: str, kind: ParameterType, typed: str) -> Value:
    """What was typed, as a value. Raises `Invalid` with what fits."""
    text = typed.strip()
    try:
        match kind:
            case ParameterType.TEXT:
                return typed
            case ParameterType.NUMBER:
                return _number(text)
            case ParameterType.DAY:
                return date.fromisoformat(text)
            case ParameterType.MONTH:
                date.fromisoformat(f"{text}-01")
                return text
            case ParameterType.YES_NO:
                return {"true": True, "false": False}[text]
    except (ValueError, InvalidOperation, KeyError) as error:
        raise Invalid(
            _("“{typed}” does not fit ${name}, which takes {what}.", typed=typed, name=name, what=takes(kind)),
            {name: takes(kind)},
        ) from error


def values(names: Iterable[str], kinds: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, Value]:
    """All parameters of a question by name. Raises `Invalid` for the first that is missing or does not fit."""
    found: dict[str, Value] = {}
    for name in names:
        kind = _kind(name, kinds)
        if name not in typed or (kind is not ParameterType.TEXT and not typed[name].strip()):
            raise Invalid(_("${name} has no value yet: it takes {what}.", name=name, what=takes(kind)), {name: ""})
        found[name] = read(name, kind, typed[name])
    return found


def kept(names: Iterable[str], kinds: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Type and text of each parameter by name, to be read again later."""
    return {name: {"type": _kind(name, kinds).value, "value": typed.get(name, "")} for name in names}


def takes(kind: ParameterType) -> str:
    """What a kind of parameter takes, in words."""
    return {
        ParameterType.TEXT: _("any text"),
        ParameterType.NUMBER: _("a number such as 12.50"),
        ParameterType.DAY: _("a day such as 2026-03-14"),
        ParameterType.MONTH: _("a month such as 2026-03"),
        ParameterType.YES_NO: _("yes or no"),
    }[kind]


def _kind(name: str, kinds: Mapping[str, str]) -> ParameterType:
    return ParameterType(kinds[name]) if kinds.get(name) in set(ParameterType) else guessed(name)


def _number(text: str) -> Decimal:
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")
    number = Decimal(plain)
    if not number.is_finite():
        raise ValueError
    return number
