"""A large CSV as blocks: columns of text in which the rows of each order stand together.

For files that are as a program writes them. What is not (`Uneven`) is for the readers that go row by row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc

from services.imports.neighbours import Row
from services.imports.opening import CHUNK, Opened
from services.imports.records import LONGEST_CELL, Layout

BLOCK = 4 << 20  # bytes of a file that are read at once: twice as many take 90 MB more memory and 4 % less time
_ENCODINGS = ("utf-8", "utf-8-sig")
# What a text is cut at elsewhere, or is written in two ways as JSON.
_RARE = bytes([0, 0x0B, 0x0E, 0x0F, *range(0x1A, 0x20)])


class Uneven(Exception):
    """A file, or what it holds, is for the readers that go row by row."""


@dataclass(frozen=True)
class Lines:
    """What is known of a file before its cells are: how many lines it has."""

    count: int


def looked_over(file: Opened, form: Layout) -> Lines:
    """Look over the whole file. Raises `Uneven` unless it is plain CSV in UTF-8, every quote of it closed."""
    if file.encoding not in _ENCODINGS or form.delimiter != "," or form.skipped:
        raise Uneven
    quotes = lines = 0
    last = b""
    with file.content_bytes() as raw:
        while chunk := raw.read(CHUNK):
            if len(chunk.translate(None, _RARE)) < len(chunk):
                raise Uneven
            quotes += chunk.count(b'"')
            lines += _line_ends(chunk) - (last == b"\r" and chunk.startswith(b"\n"))
            last = chunk[-1:]
    with file.text() as text:
        header = next(csv.reader([text.readline()]), [])
    if quotes % 2 or tuple(cell.strip().lstrip("\ufeff").strip() for cell in header) != form.header:
        raise Uneven
    return Lines(lines + (last not in (b"\n", b"\r")))


def _line_ends(text: bytes) -> int:
    ends = text.count(b"\n")
    return ends + text.count(b"\r") - text.count(b"\r\n") if b"\r" in text else ends


@dataclass(frozen=True)
class Block:
    """Rows of a file, those of an order beside each other. Columns are `c0`, `c1` and so on; `starts` are the places
    of the first row of each order, `names` what the orders are called, `line` is where the block begins in the file,
    `read` how many bytes were read by then."""

    cells: pa.Table
    starts: list[int]
    names: list[str]
    line: int
    read: int

    def rows(self, orders: Sequence[int]) -> list[list[Row]]:
        """The rows of these orders, as (first line in the file, cells)."""
        ends = [*self.starts[1:], self.cells.num_rows]
        lines = list(accumulate(_lines_of(self.cells), initial=self.line))
        found = []
        for order in orders:
            first, end = self.starts[order], ends[order]
            columns = [column.to_pylist() for column in self.cells.slice(first, end - first).columns]
            found.append(list(zip(lines[first:end], map(list, zip(*columns, strict=True)), strict=True)))
        return found


def blocks(file: Opened, form: Layout, name_at: int, size: int = BLOCK) -> Iterator[Block]:
    """The blocks of a file that was looked over; `name_at` is the column in which an order's name stands. Raises
    `Uneven` in the middle of it where a row has more cells or fewer than the header, or names no order."""
    lines = looked_over(file, form)
    line = 2
    rest: pa.Table | None = None
    read = 0
    for part, read in _parts(file, len(form.header), size):
        cells = pa.concat_tables([rest, part]) if rest else part
        names = [name.strip() for name in cells.column(name_at).to_pylist()]
        starts = [place for place, name in enumerate(names) if not place or name != names[place - 1]]
        if "" in names:
            raise Uneven
        whole = cells.slice(0, starts.pop()).combine_chunks()
        rest = cells.slice(whole.num_rows)
        if starts:
            yield Block(whole, starts, [names[place] for place in starts], line, read)
            line += sum(_lines_of(whole))
    if rest:
        whole = rest.combine_chunks()
        yield Block(whole, [0], [whole.column(name_at)[0].as_py().strip()], line, read)
        line += sum(_lines_of(whole))
    if line != lines.count + 1:  # a blank row, of which nothing is said elsewhere either; but lines are counted
        raise Uneven


def _parts(file: Opened, width: int, size: int) -> Iterator[tuple[pa.Table, int]]:
    from pyarrow import csv as arrow_csv  # only here

    names = [f"c{place}" for place in range(width)]
    with file.content_bytes() as raw:
        try:
            reader = arrow_csv.open_csv(
                raw,
                read_options=arrow_csv.ReadOptions(column_names=names, skip_rows=1, block_size=size, use_threads=False),
                parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
                ),
            )
            for batch in reader:
                if any((pc.max(pc.binary_length(column)).as_py() or 0) >= LONGEST_CELL for column in batch.columns):
                    raise Uneven
                yield pa.Table.from_batches([batch]), raw.tell()
        except pa.ArrowInvalid as error:
            raise Uneven from error


def _lines_of(cells: pa.Table) -> list[int]:
    """How many lines each row takes in the file."""
    many = pa.repeat(pa.scalar(1, pa.int32()), cells.num_rows)
    for column in cells.columns:
        held = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        if not _may_break(held):
            continue
        ends = pc.count_substring(held, "\n")
        returns = pc.subtract(pc.count_substring(held, "\r"), pc.count_substring(held, "\r\n"))
        many = pc.add(many, pc.add(ends, returns))
    found: list[int] = many.to_pylist()
    return found


def _may_break(column: pa.Array) -> bool:
    told = texts_of(column)
    return b"\n" in told or b"\r" in told


def texts_of(column: pa.Array) -> bytes:
    """All texts of a column behind each other, perhaps with some that stand before or after them."""
    text = column.buffers()[2]
    return b"" if text is None else memoryview(text).tobytes()
