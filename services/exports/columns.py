"""The columns of our files, in their order, and how each kind of value is written as text.

One row per order (`rows=orders`) has `ORDER_COLUMNS`. One row per line (`rows=lines`) has these again on each line,
then `LINE_COLUMNS`, then `FACT_COLUMNS`. An order without lines keeps one row whose line columns are empty.

As text (CSV):

- a moment is RFC 3339 in UTC, `2026-03-14T09:26:53Z`; a day `2026-03-14`; a month `2026-03`; nothing is empty;
- money has a dot and the decimals of the order's currency, more only where the amount has more;
- a quantity is whole (`2`) or has the decimals it needs (`0.5`); yes and no are `true` and `false`;
- tags and coupons are joined by `, `;
- `line_options` is JSON, `[{"name":…,"value":…}]`, and empty when there are none;
- `payments`, `shipments` and `notes` are JSON arrays in the shape of the API, on the order's first line only;
- a text that a spreadsheet would take for a formula gets one `'` before it: see `GUARDED`. Only in CSV, and only in
  text columns; a reader of our CSV takes one `'` away where `GUARDED` matches and the text begins with `'`, which
  gives back exactly what was there.
"""

from __future__ import annotations

import re

from data.exported import FACT_COLUMNS, LINE_COLUMNS, ORDER_COLUMNS, Column, Kind

__all__ = ["FACT_COLUMNS", "LINE_COLUMNS", "ORDER_COLUMNS", "Column", "Kind", "GUARDED", "guarded", "unguarded"]

GUARDED = re.compile(r"'*(?:[\t\r\n]|[ \t\r\n]*[=+\-@＝＋－＠])")
"""What a spreadsheet might take for a formula, by the beginning of the text (`GUARDED.match`)."""


def guarded(text: str) -> str:
    """A text as a CSV of ours holds it."""
    return f"'{text}" if GUARDED.match(text) else text


def unguarded(cell: str) -> str:
    """The text that a CSV of ours holds: the inverse of `guarded`."""
    return cell[1:] if cell.startswith("'") and GUARDED.match(cell) else cell
