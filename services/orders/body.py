"""What a caller gave, checked name by name at the door: plain JSON in, typed values out, one sentence per fault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from services import clock
from services.errors import Invalid
from services.language import _

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")

LINE, TEXT = 200, 10_000  # characters: one line of text, a comment or note
MOST_ITEMS = 1_000  # members of a list
MOST_MONEY = Decimal(10) ** 12


class Body:
    """One JSON object. Each question names a field and gives its value, or a default after noting what is wrong;
    `done()` raises `Invalid` with every fault at once, by path (`lines.0.quantity`)."""

    def __init__(self, given: object, path: str = "", faults: dict[str, str] | None = None) -> None:
        self.faults: dict[str, str] = {} if faults is None else faults
        self._path = path
        self._asked: set[str] = set()
        self._children: list[Body] = []
        self._given: Mapping[str, Any] = {}
        if isinstance(given, Mapping):
            self._given = {str(name): value for name, value in given.items()}
        else:
            self.fault("", _("This must be an object with named fields."))

    def has(self, name: str) -> bool:
        """Whether the field was given; null counts as not given."""
        return self._given.get(name) is not None

    def value(self, name: str) -> Any:
        """The field as it came."""
        self._asked.add(name)
        return self._given.get(name)

    def text(self, name: str, longest: int = LINE, *, required: bool = False) -> str:
        """A text as it was given; empty when absent."""
        value = self.value(name)
        if value is None:
            return self._missing(name, required)
        if not isinstance(value, str):
            return self._wrong(name, _("This must be a text."), "")
        if required and not value.strip():
            return self._missing(name, required)
        return value if self._holds(name, value, longest) else ""

    def texts(self, name: str, longest: int = LINE, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts, trimmed; each once, empty ones left out."""
        value = self.value(name)
        if value is None:
            self._missing(name, required)
            return ()
        if not isinstance(value, list | tuple) or len(value) > MOST_ITEMS:
            return self._wrong(name, _("This must be a list of at most {count} texts.", count=MOST_ITEMS), ())
        kept = []
        for index, item in enumerate(value):
            if not isinstance(item, str):
                self.fault(f"{name}.{index}", _("This must be a text."))
            elif self._holds(f"{name}.{index}", item, longest) and item.strip():
                kept.append(item.strip())
        if required and not kept:
            self._missing(name, required)
        return tuple(dict.fromkeys(kept))

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self.value(name)
        if value is None:
            return default
        return value if isinstance(value, bool) else self._wrong(name, _("This must be true or false."), default)

    def whole(self, name: str) -> int | None:
        """A whole number, not negative."""
        value = self.value(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
            return self._wrong(name, _("This must be a whole number."), None)
        return value

    def money(self, name: str, places: int = 3, *, required: bool = False) -> Decimal | None:
        """An amount, not negative, of at most `places` decimals."""
        return self._number(name, MOST_MONEY, places, required)

    def quantity(self, name: str, *, required: bool = False) -> Decimal | None:
        """A quantity above zero, of at most three decimals."""
        value = self._number(name, Decimal(10) ** 6, 3, required)
        return self._wrong(name, _("This must be more than zero."), None) if value == 0 else value

    def moment(self, name: str) -> datetime | None:
        """A moment in RFC 3339 with its offset, as UTC."""
        value = self.value(name)
        if value is None:
            return None
        try:
            at = datetime.fromisoformat(value) if isinstance(value, str) and len(value) <= 40 else None
            if at is not None and at.tzinfo is not None and at.year >= 1970:
                return clock.utc(at)
        except (ValueError, OverflowError):
            pass
        return self._wrong(name, _("This must be a moment such as 2026-03-14T09:26:53Z."), None)

    def one_of(self, name: str, choices: type[Choice], taken: tuple[Choice, ...] = ()) -> Choice | None:
        """One of our words."""
        value = self.value(name)
        if value is None:
            return None
        known = taken or tuple(choices)
        found = next((choice for choice in known if choice.value == value), None)
        if found is None:
            self.fault(name, _("This must be one of: {choices}.", choices=", ".join(known)))
        return found

    def child(self, name: str) -> Body | None:
        """A named object inside."""
        value = self.value(name)
        if value is None:
            return None
        self._children.append(Body(value, self._at(name), self.faults))
        return self._children[-1]

    def children(self, name: str, *, required: bool = False) -> list[Body]:
        """A list of objects inside."""
        value = self.value(name)
        if value is None:
            self._missing(name, required)
            return []
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= MOST_ITEMS:
            return self._wrong(name, _("This must be a list of 1 to {count} objects.", count=MOST_ITEMS), [])
        made = [Body(item, self._at(f"{name}.{index}"), self.faults) for index, item in enumerate(value)]
        self._children += made
        return made

    def fault(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first fault of a field stands."""
        self.faults.setdefault(self._at(name) or "body", sentence)

    def done(self) -> None:
        """Raise `Invalid` when anything was wrong, or was given that nobody asked for."""
        self._check_unknown()
        if self.faults:
            told = "; ".join(f"{name}: {sentence}" for name, sentence in list(self.faults.items())[:5])
            raise Invalid(_("Something does not fit. {faults}", faults=told), dict(self.faults))

    def _check_unknown(self) -> None:
        for name in sorted(self._given.keys() - self._asked):
            if self._given[name] is not None:
                shown = name[:LINE].encode("utf-8", "replace").decode()
                self.fault(shown, _("There is no such field here."))
        for child in self._children:
            child._check_unknown()

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path and name else self._path or name

    def _wrong(self, name: str, sentence: str, instead: Value) -> Value:
        self.fault(name, sentence)
        return instead

    def _missing(self, name: str, required: bool) -> str:
        if required:
            self.fault(name, _("This is needed."))
        return ""

    def _holds(self, name: str, value: str, longest: int) -> bool:
        """Whether a text can be kept: not too long, no NUL, no halves of characters."""
        if len(value) > longest:
            self.fault(
                name, _("This is too long: {length} characters, {longest} at most.", length=len(value), longest=longest)
            )
        elif "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
            self.fault(name, _("This holds a character that cannot be kept."))
        else:
            return True
        return False

    def _number(self, name: str, most: Decimal, places: int, required: bool) -> Decimal | None:
        value = self.value(name)
        if value is None:
            self._missing(name, required)
            return None
        number = _decimal(value)
        if number is None:
            return self._wrong(name, _("This must be a number such as 12.90."), None)
        if number < 0:
            return self._wrong(name, _("This must not be negative."), None)
        if number >= most:
            return self._wrong(name, _("This number is too large."), None)
        if number != round(number, places):
            return self._wrong(name, _("This has more than {count} decimals.", count=places), None)
        return number + 0  # -0 becomes 0


def _decimal(value: object) -> Decimal | None:
    """An exact number from JSON: text with a dot, or a number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    if isinstance(value, str) and (len(value) > 40 or not value.isascii() or set(value) & set("_ \t\r\n\v\f")):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 40 else None
