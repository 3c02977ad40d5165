"""Our own export read back: rows of lines, rows of orders, or whole orders as JSON. The same orders come out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from services.exports.columns import unguarded
from services.imports import documents
from services.imports.amounts import NumberStyle, style_of
from services.imports.comptoir_order import ADDRESS, SUMS, TEXTS, draft_of
from services.imports.fields import text
from services.imports.finding import Finding, Reject
from services.imports.grids import Grid, grid_of
from services.imports.neighbours import Row, grouped
from services.imports.reading import Again, Context, Read, Refused, Taken, refused
from services.imports.recognition import Recognised, Shape
from services.imports.spreading import Spread
from services.language import _

_FACTS = ("payments", "shipments", "notes")

# columns of the file -> what a file without them cannot tell
_TELLS = {
    **{name: name for name in (*TEXTS, *SUMS, "tags", "coupons", "is_pickup", "tax_included", "payment_method")},
    **{f"{kind}_{name}": f"{kind}_{name}" for kind in ("shipping", "billing") for name in ADDRESS},
}


class ComptoirFiles:
    """The reader of one run's files."""

    def __init__(self, files: Sequence[Recognised], spread: Spread) -> None:
        self._files, self._spread = files, spread

    def __call__(self, context: Context) -> Iterator[Read]:
        # what was done here since stays: the file tells facts without saying which of them were made here
        context.unknown |= {"payments", "shipments", "order_notes", "is_muted"}
        for one in self._files:
            if one.shape in (Shape.JSON, Shape.LINES) and _is_whole(one):
                yield from _whole(one, context)
            else:
                yield from self._flat(grid_of(one, is_laid_out=False), context)

    def _flat(self, grid: Grid, context: Context) -> Iterator[Read]:
        reader = _FlatReader(grid, context)
        for group in grouped(reader.turn, self._spread):
            if group.is_again:
                yield Again(group.key)
            yield reader.order(group.rows)


def _is_whole(one: Recognised) -> bool:
    first: Any = next((value for value, _text in documents.items(one.file, one.keys)), {})
    return isinstance(first, dict) and "line_name" not in first and isinstance(first.get("lines"), list)


def _whole(one: Recognised, context: Context) -> Iterator[Read]:
    for place, (value, raw) in enumerate(documents.items(one.file, one.keys), start=1):
        context.rows += 1
        record = value if isinstance(value, dict) else {}
        try:
            found: list[Finding] = []
            yield Taken(draft_of(record, context, place, found), place, raw, tuple(found))
        except Reject as error:
            yield refused(error, place, text(record, "number"), raw)


class _FlatReader:
    """Orders from flat rows."""

    def __init__(self, grid: Grid, context: Context) -> None:
        self._grid, self._context = grid, context
        self._names = [name.strip().lower() for name in grid.header]
        self._is_csv = grid.source.shape is Shape.DELIMITED
        self._has_lines = "line_name" in self._names
        context.unknown |= {tells for name, tells in _TELLS.items() if name not in self._names}
        self._style = NumberStyle.DOT
        if self._is_csv and grid.source.layout and grid.source.layout.delimiter != ",":
            totals = [dict(zip(self._names, cells, strict=False)).get("total", "") for cells in grid.sample(500)]
            self._style = style_of(totals) or NumberStyle.COMMA
        if not self._has_lines:
            context.unknown.add("order_lines")
            context.say(_("The file has orders without their lines: what was known of the lines is kept."))
        self._is_first_turn = True

    def turn(self) -> Iterator[tuple[str, Row]]:
        """Each row with its order's key."""
        number, source, own = (self._at(name) for name in ("number", "source", "source_id"))
        for row, cells in self._grid.rows():
            if self._is_first_turn:
                self._context.rows += 1
                self._context.bytes_read = self._grid.ending.characters
            key = "\x1f".join(cells[place] if place >= 0 else "" for place in (source, own, number))
            yield key, (row, cells)
        self._is_first_turn = False

    def _at(self, name: str) -> int:
        return self._names.index(name) if name in self._names else -1

    def order(self, rows: list[Row]) -> Taken | Refused:
        """The order of some rows."""
        first = rows[0][0]
        flat = [self._record(cells) for _row, cells in rows]
        raw_rows = json.dumps([cells for _row, cells in rows], ensure_ascii=False)
        number = flat[0].get("number", "")
        try:
            if self._grid.ending.cut_row in [row for row, _cells in rows]:
                raise Reject("", "", _("The file breaks off inside this row."), self._grid.ending.cut_row)
            record: dict[str, Any] = dict(flat[0])
            for name in _FACTS:
                written = next((one[name] for one in flat if one.get(name)), "[]")
                record[name] = _json(written, name)
            record["lines"] = [self._line(one) for one in flat if one.get("line_name") or one.get("line_quantity")]
            for kind in ("shipping", "billing"):
                record[f"{kind}_address"] = {name: record.get(f"{kind}_{name}", "") for name in ADDRESS}
            found: list[Finding] = []
            draft = draft_of(record, self._context, first, found, self._style, has_facts="payments" in self._names)
        except Reject as error:
            return refused(error, first, number, raw_rows)
        return Taken(draft, first, json.dumps(flat, ensure_ascii=False), tuple(found))

    def _record(self, cells: list[str]) -> dict[str, str]:
        read = unguarded if self._is_csv else str
        return {name: read(cell) for name, cell in zip(self._names, cells, strict=False) if cell}

    def _line(self, flat: dict[str, str]) -> dict[str, Any]:
        line: dict[str, Any] = {
            name.removeprefix("line_"): value for name, value in flat.items() if name.startswith("line_")
        }
        line["options"] = _json(line.get("options", "[]"), "line_options")
        return line


def _json(written: str, column: str) -> list[Any]:
    try:
        value = json.loads(written, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise Reject(column, written, _("“{value}” is no JSON.", value=written[:80])) from error
    return value if isinstance(value, list) else []
