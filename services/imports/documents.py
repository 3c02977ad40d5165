"""Objects of a JSON text, one at a time: an array, an array inside an object, lines of JSON, or one object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any, TextIO

from services.errors import Invalid
from services.imports.opening import CHUNK, Opened
from services.language import _

LARGEST_OBJECT = 64 << 20  # characters of one order

_decoder = json.JSONDecoder(parse_float=Decimal)


def head(opened: Opened) -> str:
    """The first characters, for recognition."""
    with opened.text() as text:
        return text.read(CHUNK).lstrip("\ufeff \t\r\n")


def load(opened: Opened) -> Any:
    """The whole text as one value. Raises `Invalid` for what is no JSON, and beyond 64 MB."""
    with opened.text() as text:
        whole = text.read(LARGEST_OBJECT + 1)
    if len(whole) > LARGEST_OBJECT:
        raise Invalid(_("“{name}” is one JSON object of more than 64 MB.", name=opened.name))
    try:
        return _decoder.decode(whole.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise Invalid(
            _("“{name}” is no valid JSON: line {line}, {why}.", name=opened.name, line=error.lineno, why=error.msg)
        ) from error


def items(opened: Opened, keys: tuple[str, ...] = ()) -> Iterator[tuple[Any, str]]:
    """The members of the top array, or of the arrays under these keys of the top object; also of JSON written line
    by line: each with its own text. Memory holds one member. Raises `Invalid` where the text is no JSON."""
    with opened.text() as text:
        window = _Window(text, opened.name)
        first = window.peek()
        if first == "[":
            yield from window.members()
        elif first == "{" and keys:
            yield from window.under(keys)
        else:
            while window.peek():
                yield window.value()
                if window.peek() == ",":
                    window.skip()


class _Window:
    """A sliding piece of the text."""

    def __init__(self, text: TextIO, name: str) -> None:
        self._text, self._name = text, name
        self._held = text.read(CHUNK).lstrip("\ufeff")
        self._at = 0
        self._is_over = False

    def peek(self) -> str:
        """The next sign that is no blank; empty at the end."""
        while True:
            while self._at < len(self._held):
                if not self._held[self._at].isspace():
                    return self._held[self._at]
                self._at += 1
            if not self._more():
                return ""

    def skip(self) -> None:
        self._at += 1

    def value(self) -> tuple[Any, str]:
        """The next JSON value and its text."""
        self.peek()
        while True:
            try:
                found, end = _decoder.raw_decode(self._held, self._at)
                # a number at the very end of the window may go on
                if end == len(self._held) and not isinstance(found, dict | list | str) and self._more():
                    continue
                taken = self._held[self._at : end]
                self._at = end
                return found, taken
            except json.JSONDecodeError as error:
                if not self._more():
                    raise Invalid(
                        _("“{name}” is no valid JSON, or is cut off: {why}.", name=self._name, why=error.msg)
                    ) from error

    def members(self) -> Iterator[tuple[Any, str]]:
        self.skip()
        while True:
            sign = self.peek()
            if sign == "]":
                self.skip()
                return
            if sign == ",":
                self.skip()
                continue
            if not sign:
                raise Invalid(_("“{name}” is no valid JSON, or is cut off: {why}.", name=self._name, why="]"))
            yield self.value()

    def under(self, keys: tuple[str, ...]) -> Iterator[tuple[Any, str]]:
        self.skip()
        while (sign := self.peek()) and sign != "}":
            if sign == ",":
                self.skip()
                continue
            key, _text = self.value()
            self.peek()
            self.skip()  # the colon
            if key in keys and self.peek() == "[":
                yield from self.members()
            else:
                self.value()

    def _more(self) -> bool:
        if self._is_over:
            return False
        chunk = self._text.read(CHUNK)
        self._held = self._held[self._at :] + chunk
        self._at = 0
        if len(self._held) > LARGEST_OBJECT:
            raise Invalid(_("“{name}” is one JSON object of more than 64 MB.", name=self._name))
        self._is_over = not chunk
        return bool(chunk)


def outline(opened: Opened) -> dict[str, Any] | None:
    """The members of the top object with arrays cut after their first member; None when it is no object. A cut or
    broken text gives what can be read of it."""
    found: dict[str, Any] = {}
    with opened.text() as text:
        window = _Window(text, opened.name)
        if window.peek() != "{":
            return None
        window.skip()
        try:
            while (sign := window.peek()) and sign != "}":
                if sign == ",":
                    window.skip()
                    continue
                key, _text = window.value()
                if window.peek() != ":":
                    return None
                window.skip()
                if window.peek() == "[":
                    members = window.members()
                    found[key] = [value for value, _text in islice(members, 1)]
                    for _rest in members:
                        pass
                else:
                    found[key] = window.value()[0]
        except Invalid:
            if not found:
                raise
    return found
