"""Shopify's orders export (CSV): one row per line, grouped by name over all files of the run.

Rows of an order usually stand together, so orders are given as they come by. A name that turns up a second time (the
file was sorted, or two were joined) is noted, and all its rows are gathered in a second turn through the files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from json.encoder import encode_basestring as quoted

from services.imports.amounts import NumberStyle, style_of
from services.imports.finding import Finding, Reject, Severity, warning
from services.imports.grids import grid_of, header_of
from services.imports.moments import DateOrder, date_order
from services.imports.neighbours import Seen
from services.imports.reading import Again, Context, Read, Refused, Taken, refused
from services.imports.recognition import Recognised
from services.imports.records import Ending, records
from services.imports.shopify_columns import Columns, key
from services.imports.shopify_order import OrderReader, Row
from services.imports.spreading import Spread
from services.language import _

PART = 250  # orders that are read at a time
PART_LENGTH = 1_000_000  # characters of a file after which a part ends, so that it is no larger where orders are
_SAMPLED = 20_000
_MONEY = ("total", "subtotal", "shipping", "taxes", "lineitemprice", "discountamount")
_TIMES = ("createdat", "paidat", "fulfilledat", "cancelledat")


class ShopifyCsv:
    """The reader of one run's files."""

    def __init__(self, files: Sequence[Recognised], spread: Spread) -> None:
        self._files, self._spread = files, spread

    def __call__(self, context: Context) -> Iterator[Read]:
        turn = FirstTurn(self._files, context)
        for found in turn.parts():
            yield from found
        yield from self.second_turn(context, turn.scattered)

    def second_turn(self, context: Context, scattered: set[str]) -> Iterator[Read]:
        """The orders whose rows do not stand together, by their names."""
        if not scattered:
            return
        readers = []
        counted = context.rows
        for index, one in enumerate(self._files):
            reader = FileReader(columns_of(one, context), context, index)
            readers.append(reader)
            for cells_of in reader.rows(one):
                if isinstance(cells_of, tuple) and (name := cells_of[1][reader.columns.name].strip()) in scattered:
                    content = json.dumps([index, cells_of[0], cells_of[1]], ensure_ascii=False)
                    self._spread.put(name, cells_of[0], content)
        context.rows = counted
        for name, contents in self._spread.groups():
            yield Again(name)
            rows = [(row, readers[0].as_own(readers[index], cells)) for index, row, cells in map(json.loads, contents)]
            yield from readers[0].orders(name, rows)


class FirstTurn:
    """The first turn through the files, in parts of some hundred orders; `scattered` are the names that came more
    than once. Of several turns at the same files, each may take its share of the parts: every `of`-th, from `share`
    on."""

    def __init__(self, files: Sequence[Recognised], context: Context, share: int = 0, of: int = 1) -> None:
        self._files, self._context, self._share, self._of = files, context, share, of
        self._seen = Seen(sum(one.file.size for one in files))
        self.scattered: set[str] = set()

    def parts(self) -> Iterator[list[Read]]:
        """What each part of this share gives, in the order of the files; a part may give nothing."""
        found: list[Read] = []
        part = groups = 0
        is_ours = self._share == 0
        for index, one in enumerate(self._files):
            columns = columns_of(one, self._context)
            reader = FileReader(columns, self._context, index)
            name_at = columns.name
            name, group, begun = "", list[Row](), 0
            for row in reader.rows(one):
                if isinstance(row, Refused):
                    if is_ours:
                        found.append(row)
                    continue
                this = row[1][name_at].strip()
                if this == name:
                    group.append(row)
                    continue
                if group:
                    self._close(reader, name, group, found if is_ours else None)
                    groups += 1
                    read = self._context.bytes_read
                    if groups == PART or read - begun > PART_LENGTH:
                        if is_ours:
                            yield found
                        found, groups, part, begun = [], 0, part + 1, read
                        is_ours = part % self._of == self._share
                name, group = this, [row]
            if group:
                self._close(reader, name, group, found if is_ours else None)
        if is_ours:
            yield found

    def _close(self, reader: FileReader, name: str, group: list[Row], found: list[Read] | None) -> None:
        """Add what a run of neighbouring rows gives, unless its name was there before, or others read it."""
        if self._seen.before(name):
            self.scattered.add(name)
        elif found is not None:
            found.extend(reader.orders(name, group))


class FileReader:
    """Orders of one file, from groups of its rows."""

    def __init__(self, columns: Columns, context: Context, index: int) -> None:
        self.columns, self._context = columns, context
        self._orders = OrderReader(columns, context)
        self._cut: int | None = None
        self._names = [f"{quoted(name)}: " for name in columns.header]

    def rows(self, file: Recognised) -> Iterator[Row | Refused]:
        ending = Ending()
        width = self.columns.width
        name_at = self.columns.name
        context = self._context
        for row, cells in _records(file, ending):
            context.rows += 1
            context.bytes_read = ending.characters
            if len(cells) != width:
                if len(cells) < width:
                    cells.extend([""] * (width - len(cells)))
                elif any(cells[width:]):
                    reason = _("The row has more cells than the header.")
                    yield self._refuse(row, cells, cells[name_at] if name_at < len(cells) else "", "", reason)
                    continue
                else:
                    del cells[width:]
            cells.append("")  # what an absent column (-1) reads
            if not cells[name_at].strip():
                yield self._refuse(row, cells, "", "Name", _("The row names no order."))
                continue
            if ending.cut_row == row:
                self._cut = row
            yield row, cells

    def orders(self, name: str, group: list[Row]) -> Iterator[Read]:
        """The orders among rows of one name: one per head; of equal heads the last counts."""
        c = self.columns
        heads = self._heads(group)
        if not heads:
            row = group[0][0]
            reason = _(
                "The row with the order's own values (Financial Status, Total) is missing: the file is cut, sorted or "
                "filtered. Import it together with the file that holds that row."
            )
            yield Refused((self._rejected(row, c.header[c.name], name, reason, name, group),), name)
            return
        for rows in heads:
            row = rows[0][0]
            try:
                if self._cut is not None and any(at == self._cut for at, _cells in rows):
                    raise Reject("", "", _("The file breaks off inside this row."), self._cut)
                draft, found = self._orders.order(rows)
            except Reject as error:
                yield refused(error, row, name, self._raw_rows(rows))
            else:
                yield Taken(draft, row, self._raw(rows), tuple(found), self._aside(rows))

    def as_own(self, other: FileReader, cells: list[str]) -> list[str]:
        """The cells of a row of another file under this file's columns."""
        if other.columns.header == self.columns.header:
            return cells
        places = other.columns.places
        return [*(cells[places.get(key(name), -1)] for name in self.columns.header), ""]

    def _is_head(self, cells: list[str]) -> bool:
        c = self.columns
        return bool(cells[c.financialstatus] or cells[c.total])

    def _heads(self, group: list[Row]) -> list[list[Row]]:
        """Rows by head. Rows before the first head belong to it; a repeated head with the same id replaces the one
        before, with a word about it unless all is equal."""
        if len(group) == 1:
            return [group] if self._is_head(group[0][1]) else []
        c = self.columns
        parts: list[list[Row]] = []
        before: list[Row] = []
        for row in group:
            if self._is_head(row[1]):
                parts.append([row])
            elif parts:
                parts[-1].append(row)
            else:
                before.append(row)
        if not parts:
            return []
        parts[0].extend(before)
        kept: dict[str, list[Row]] = {}
        for part in parts:
            own = part[0][1][c.id]
            known = kept.get(own)
            if known is not None and sorted(cells for _row, cells in known) != sorted(cells for _row, cells in part):
                reason = _("The order stands twice in the file with different values: the last counts.")
                self._context.notes.append(warning(part[0][0], "Name", part[0][1][c.name], reason, part[0][1][c.name]))
            kept[own] = part
        return list(kept.values())

    def _aside(self, rows: list[Row]) -> str:
        """What the shop's theme and apps noted with the order, `name: value` a line: no words of the customer."""
        place = self.columns.noteattributes
        return next((cells[place].strip() for _row, cells in rows if cells[place]), "")

    def _raw(self, rows: list[Row]) -> str:
        objects = [
            ", ".join([name + quoted(cell) for name, cell in zip(self._names, cells, strict=False) if cell])
            for _row, cells in rows
        ]
        return f"[{{{'}, {'.join(objects)}}}]"

    def _raw_rows(self, rows: list[Row]) -> str:
        return json.dumps([cells[: self.columns.width] for _row, cells in rows], ensure_ascii=False)

    def _rejected(self, row: int, column: str, value: str, reason: str, number: str, rows: list[Row]) -> Finding:
        return Finding(Severity.REJECTED, row, column, value[:500], reason, number, self._raw_rows(rows))

    def _refuse(self, row: int, cells: list[str], name: str, column: str, reason: str) -> Refused:
        return Refused((self._rejected(row, column, "", reason, name, [(row, cells)]),), name)


def columns_of(file: Recognised, context: Context) -> Columns:
    """Where the columns stand, and how a file that a spreadsheet has saved again writes numbers and dates."""
    form, encoding = file.layout, file.encoding
    columns = Columns(form.header if form else tuple(header_of(file.file, file.shape)))
    context.unknown |= columns.unknown()
    delimiter = form.delimiter if form else ""
    columns.is_resaved = delimiter != "," or encoding not in ("utf-8", "utf-8-sig")
    amounts, dates = _samples(file, columns)
    columns.style = style_of(amounts) or (NumberStyle.COMMA if delimiter == ";" else NumberStyle.DOT)
    try:
        columns.order = date_order(dates) or (DateOrder.DAY_FIRST if columns.is_resaved else None)
    except ValueError:
        context.say(_("Days and months are mixed up in the file's dates."), "Created at")
    if columns.is_resaved:
        context.say(
            _(
                "Saved again by a spreadsheet: delimiter “{delimiter}”, decimal sign “{sign}”, {encoding}.",
                delimiter=delimiter,
                sign="," if columns.style is NumberStyle.COMMA else ".",
                encoding=encoding or file.shape,
            )
        )
    return columns


def _records(file: Recognised, ending: Ending) -> Iterator[tuple[int, list[str]]]:
    return records(file.file, file.layout, ending) if file.layout else grid_of(file).rows()


def _samples(file: Recognised, columns: Columns) -> tuple[list[str], list[str]]:
    """The numbers and the dates of the first rows, to judge by how they are written."""
    money = [place for name in _MONEY if (place := columns.at(name)) >= 0]
    times = [place for name in _TIMES if (place := columns.at(name)) >= 0]
    amounts: list[str] = []
    dates: list[str] = []
    wanted = _SAMPLED if columns.is_resaved else 500
    for _row, cells in islice(_records(file, Ending()), wanted):
        amounts += [cells[place] for place in money if place < len(cells)]
        dates += [cells[place] for place in times if place < len(cells)]
    return amounts, dates
