"""Records of a delimited text: a record may span several lines of the file, so each knows its first line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.errors import Invalid
from services.imports.opening import LOOKED_AT, Opened
from services.language import _

DELIMITERS = ",;\t|"
LONGEST_CELL = 1 << 20
SAMPLED = 100

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True)
class Layout:
    """How a delimited text is written. `skipped` lines stand before the header (`sep=;`)."""

    delimiter: str
    header: tuple[str, ...]
    skipped: int


def layout(opened: Opened) -> Layout | None:
    """The layout of a delimited text, None when there is no line at all. The delimiter is the one that gives most
    columns, alike over the first records, quotes honoured."""
    with opened.text() as text:
        sample = text.read(LOOKED_AT * 4)
    if not sample.strip("\ufeff \t\r\n"):
        return None
    skipped, told = 0, ""
    first, _end, rest = sample.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        skipped, told, sample = 1, first.strip()[4], rest
    best = told or max(DELIMITERS, key=lambda sign: _agreement(sample, sign))
    try:
        lines = csv.reader(io.StringIO(sample, newline=""), delimiter=best)
        header: list[str] = next((row for row in lines if any(row)), [])
    except csv.Error as error:
        raise Invalid(_("“{name}” is no table: no columns were found in it.", name=opened.name)) from error
    return Layout(best, tuple(cell.strip().lstrip("\ufeff").strip() for cell in header), skipped)


def _agreement(sample: str, sign: str) -> tuple[float, int]:
    """How well a delimiter explains a sample: records with as many cells as the header, weighed by the cells."""
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign):
            if row:
                widths.append(len(row))
            if len(widths) > SAMPLED:
                break
    except csv.Error:
        return (0, 0)
    if not widths or widths[0] < 2:
        return (0, 0)
    if len(widths) > 2:
        widths.pop()  # the last of the sample may be cut
    alike = sum(1 for width in widths if width == widths[0]) / len(widths)
    return (alike * widths[0], widths[0])


@dataclass(slots=True)
class Ending:
    """What is known once all was read: `cut_row` is the first line of a last record that is not whole."""

    cut_row: int | None = None
    characters: int = 0


def records(opened: Opened, form: Layout, ending: Ending) -> Iterator[tuple[int, list[str]]]:
    """(first line in the file, cells) of each record after the header; blank records are skipped. The last record is
    marked in `ending` when the file breaks off inside it."""
    quotes = 0

    def lines(text: Any) -> Iterator[str]:
        nonlocal quotes
        for line in text:
            quotes += line.count('"')
            ending.characters += len(line)
            yield line

    with opened.text() as text:
        for _skipped in range(form.skipped):
            text.readline()
        reader = csv.reader(lines(text), delimiter=form.delimiter)
        before = 0
        width = 0
        last: tuple[int, list[str]] | None = None
        try:
            for row in reader:
                first, before = before + 1 + form.skipped, reader.line_num
                if not width:
                    width = len(row) if any(row) else 0
                    continue
                if last is not None:
                    yield last
                last = (first, row) if row and any(row) else None
        except csv.Error:
            ending.cut_row = before + 1 + form.skipped
        if last is not None:
            if ending.cut_row is None and _is_cut(last[1], width, quotes % 2 == 1, opened):
                ending.cut_row = last[0]
            yield last


def _is_cut(cells: list[str], width: int, is_open: bool, opened: Opened) -> bool:
    """Whether the last record breaks off: cells are missing and a quote is open, or the line does not end."""
    if len(cells) < width:
        return is_open or not _ends_with_line(opened)
    return is_open and cells[-1].endswith(("\n", "\r"))


def _ends_with_line(opened: Opened) -> bool:
    """Whether the file ends with a line end; packed files are not read again for it."""
    if opened.packing != "plain":
        return False
    with opened.path.open("rb") as plain:
        plain.seek(max(0, opened.size - 4))
        return plain.read().rstrip(b"\0")[-1:] in (b"\n", b"\r")
