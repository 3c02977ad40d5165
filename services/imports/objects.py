"""Orders that lie in a file as JSON objects: goes through them, and turns a faulty one into a refusal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from services.errors import Invalid
from services.imports import documents
from services.imports.fields import text
from services.imports.finding import Finding, Reject, Severity
from services.imports.reading import Context, Read, Refused, Taken, refused
from services.imports.recognition import Recognised, Shape
from services.language import _

OneOrder = Callable[[dict[str, Any], int, Context], Read]


class ObjectFiles:
    """The reader of JSON files: `read_one` makes an order of one object (its place in the file counts as row)."""

    def __init__(self, files: Sequence[Recognised], read_one: OneOrder) -> None:
        self._files, self._read_one = files, read_one

    def __call__(self, context: Context) -> Iterator[Read]:
        read_before = 0
        for one in self._files:
            place = 0
            try:
                for value, raw in _objects(one):
                    place += 1
                    context.rows += 1
                    yield self._read(value, raw, place, context)
                    context.bytes_read = min(context.bytes_read + len(raw), read_before + one.file.size)
            except Invalid as error:
                if not place:
                    raise
                found = Finding(Severity.REJECTED, place + 1, "", "", error.sentence)
                yield Refused((found,))
            read_before += one.file.size
            context.bytes_read = read_before

    def _read(self, value: Any, raw: str, place: int, context: Context) -> Read:
        if not isinstance(value, dict):
            reason = _("This is no order.")
            return Refused((Finding(Severity.REJECTED, place, "", str(value)[:500], reason, raw=raw),))
        number = text(value, "name") or text(value, "number") or text(value, "id") or text(value, "orderNumber")
        try:
            found = self._read_one(value, place, context)
        except Reject as error:
            return refused(error, place, number, raw)
        except (TypeError, KeyError, AttributeError, IndexError) as error:
            # an object of a shape that no source writes: its order stays out, the others come in
            reason = _("The order has a shape that cannot be read.")
            return refused(Reject("", type(error).__name__, reason), place, number, raw)
        if isinstance(found, Taken):
            return replace(found, raw=raw)
        return found


def _objects(one: Recognised) -> Iterator[tuple[Any, str]]:
    if one.shape is Shape.LINES or not one.keys:
        yield from documents.items(one.file)
        return
    if len(one.keys) == 1 and one.keys[0] in ("order", "draft_order", "checkout"):
        value = documents.load(one.file).get(one.keys[0])
        yield value, json.dumps(value, default=str, ensure_ascii=False)
        return
    yield from documents.items(one.file, tuple(key for key in one.keys if key != "delete"))
