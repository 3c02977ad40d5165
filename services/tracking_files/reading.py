"""A carrier's file as rows of text: CSV of any kind, TSV, XLSX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from services.carriers.recognising import sole
from services.errors import Invalid
from services.imports.grids import grid_of, whole
from services.imports.recognition import recognise
from services.language import _

MOST_ROWS = 20_000
_FORMULA = re.compile(r'="(.*)"', re.DOTALL)


@dataclass(frozen=True)
class Table:
    """A file of a carrier: names of its columns, and its rows with the line of the file where each begins."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(path: Path) -> Table:
    """Read a file. Raises `Invalid` with one sentence for what is no table, has no rows, or too many."""
    grid = grid_of(recognise(path))
    rows: Iterable[tuple[int, Sequence[str]]] = grid.rows()
    header = grid.header
    if any(sole(name) for name in header):  # no header at all: the first line is a parcel already
        rows = chain([(1, header)], rows)
        header = tuple(_("Column {place}", place=place) for place in range(1, len(header) + 1))
    taken = whole(((place, _cells(cells)) for place, cells in rows), path.name, MOST_ROWS)
    if len(header) < 2:
        raise Invalid(_("A column for the order and one for the tracking number are needed."))
    return Table(path.name, header, taken)


def _cells(cells: Sequence[str]) -> tuple[str, ...]:
    """Cells as a person reads them: what a spreadsheet puts around a number to keep it a text goes."""
    found = []
    for cell in cells:
        text = cell.strip()
        formula = _FORMULA.fullmatch(text)
        found.append((formula[1] if formula else text).strip().removeprefix("'"))
    return tuple(found)
