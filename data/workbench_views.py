"""The views that a person's own SQL may read: one file each in `queries/views/`, its first lines meaning and grain.

`$names` in a file are the shop's words, given by the caller and written in as constants, as a view has no parameters.
Codes, keys and tokens, what mails say, settings and what came in raw stand in no view.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from data.store import Reader

FOLDER = Path(__file__).parent / "queries" / "views"
EXAMPLES = Path(__file__).parent / "queries" / "examples"

# In the order in which they are shown.
VIEWS = (
    "orders", "order_lines", "payments", "shipments", "shipment_lines", "events", "notes", "messages", "customers",
    "products", "days", "gift_cards", "documents", "search_terms",
)  # fmt: skip

# Names of tables whose view is called otherwise: the SQL of our own figures says them.
_ALSO = {"order_events": "events", "order_notes": "notes"}

# Tables of figures that are kept beside the orders, by the same reports: nothing stands in them that is not in a view,
# but for what products cost.
_FIGURES = ("order_figures", "line_shares", "product_days", "payment_figures", "stale_orders", "product_costs")

NAMES = frozenset((*VIEWS, *_ALSO, *_FIGURES))  # all that may be read


def select(name: str, words: Mapping[str, object]) -> str:
    """The SQL of a view, with the shop's words written in."""
    if name in _FIGURES:
        return f"select * from shop.{name}"
    return re.sub(r"\$([a-z]\w*)", lambda mark: _constant(words[mark[1]]), _text(_ALSO.get(name, name)))


def columns(read: Reader, name: str, words: Mapping[str, object]) -> list[tuple[str, str]]:
    """Name and type of every column of a view, in their order."""
    return [(row["column_name"], row["column_type"]) for row in read.rows(f"describe {select(name, words)}")]


def example(name: str) -> str:
    """A question to begin with, ready to be asked."""
    return (EXAMPLES / f"{name}.sql").read_text(encoding="utf-8").strip()


@cache
def _text(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def _constant(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_constant(part) for part in value) + "]"
    return "'" + str(value).replace("'", "''") + "'"
