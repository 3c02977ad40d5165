"""Any table: its rows grouped into orders by the mapping."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from services.imports.finding import Finding, Reject, Severity
from services.imports.grids import Grid
from services.imports.joining import Joined
from services.imports.mapping import Mapping
from services.imports.neighbours import Row, grouped
from services.imports.reading import Again, Context, LeftOut, Read, Refused, Taken, refused
from services.imports.spreading import Spread
from services.imports.table_order import TableOrders
from services.language import _, n_

_SUMMARIES = ("total", "totaux", "sum", "somme", "gesamt", "grand total", "summe")


class TableFiles:
    """The reader of tables of one shape (several files of the same header, or one joined of several)."""

    def __init__(self, tables: list[Grid | Joined], mapping: Mapping, spread: Spread) -> None:
        self._tables, self._mapping, self._spread = tables, mapping, spread

    def __call__(self, context: Context) -> Iterator[Read]:
        for table in self._tables:
            orders = TableOrders(table.header, self._mapping, context)
            aside: list[Read] = []
            is_first = [True]

            def turn(
                table: Grid | Joined = table, orders: TableOrders = orders, aside: list[Read] = aside,
                is_first: list[bool] = is_first,
            ) -> Iterator[tuple[str, Row]]:  # fmt: skip
                last = 0
                for row, cells in table.rows():
                    if is_first[0]:
                        context.rows += row != last
                        context.bytes_read = table.ending.characters
                        last = row
                    key = "\x1f".join(cells[place] for place in orders.key)
                    if not cells[orders.key[0]].strip() or cells == list(table.header) or _is_summary(cells):
                        if is_first[0]:
                            aside.append(_no_order(row, cells, table))
                        continue
                    yield key, (row, cells)
                is_first[0] = False

            for group in grouped(turn, self._spread):
                if group.is_again:
                    yield Again(group.rows[0][1][orders.key[0]])
                yield self._order(orders, table, group.rows)
                while aside:
                    yield aside.pop(0)
            yield from aside
            if orders.rounded_rows:
                context.say(
                    n_(
                        "{count} value with more than three decimals was rounded.",
                        "{count} values with more than three decimals were rounded.",
                        len(orders.rounded_rows),
                    )
                )

    def _order(self, orders: TableOrders, table: Grid | Joined, rows: list[Row]) -> Read:
        number = rows[0][1][orders.key[0]]
        try:
            cut = table.ending.cut_row
            if cut is not None and any(row == cut for row, _cells in rows):
                raise Reject("", "", _("The file breaks off inside this row."), cut)
            draft, found = orders.order(rows)
        except Reject as error:
            return refused(error, rows[0][0], number, json.dumps([cells for _row, cells in rows], ensure_ascii=False))
        raw: list[dict[str, Any]] = [
            {name: cell for name, cell in zip(table.header, cells, strict=True) if cell} for _row, cells in rows
        ]
        return Taken(draft, rows[0][0], json.dumps(raw, ensure_ascii=False), tuple(found))


def _is_summary(cells: list[str]) -> bool:
    first = next((cell for cell in cells if cell.strip()), "")
    return first.strip().lower().rstrip(" :") in _SUMMARIES


def _no_order(row: int, cells: list[str], table: Grid | Joined) -> Read:
    if cells == list(table.header):
        return LeftOut(row, _("repeated header"))
    if _is_summary(cells):
        return LeftOut(row, _("total row"))
    reason = _("The row names no order.")
    raw = json.dumps([cells], ensure_ascii=False)
    return Refused((Finding(Severity.REJECTED, row, table.header[0], "", reason, raw=raw),))
