"""Orders that a shop knows by number and a file by id, or the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from data import import_runs
from data.doors import Reader
from services.imports.finding import Finding, Severity
from services.imports.portions import Portion
from services.imports.reading import Refused
from services.imports.recognition import Format
from services.language import _


class Identities:
    """Settles who an order is. An export of Shopify without the column `Id` knows it by its number only; when the id
    comes later, the order adopts it (`adopted`: known id, id of the source)."""

    def __init__(self, read: Reader, source: str, format: Format) -> None:
        self._read, self._source = read, source
        self.is_needed = format is Format.SHOPIFY and import_runs.has_source(read, source)
        self.adopted: list[tuple[str, str]] = []

    def settled(self, given: Portion) -> Portion:
        """The orders by the ids that the store knows them by; refused ones are among what was said."""
        orders = given.tables.get("orders")
        if not self.is_needed or orders is None:
            return given
        numbers, source_ids = orders["number"].to_pylist(), orders["source_id"].to_pylist()
        named, out = self.judged(numbers, source_ids)
        if not named and not out:
            return given
        for place, source_id in named.items():
            source_ids[place] = source_id
        column = orders.column_names.index("source_id")
        named = orders.set_column(column, orders.schema.field(column), pa.array(source_ids, pa.string()))
        settled = replace(given, tables={**given.tables, "orders": named})
        return _without(settled, out) if out else settled

    def judged(self, numbers: Sequence[str], source_ids: Sequence[str]) -> tuple[dict[int, str], list[int]]:
        """The places of orders that the store knows by another id, with that id, and of those that it cannot tell from
        others."""
        known = import_runs.ids_by_number(self._read, self._source, numbers)
        named: dict[int, str] = {}
        out: list[int] = []
        for place, (number, source_id) in enumerate(zip(numbers, source_ids, strict=True)):
            ids = known.get(number, [])
            if not ids or source_id in ids:
                continue
            if number in ids:
                self.adopted.append((number, source_id))
                named[place] = number
            elif source_id == number:
                if len(ids) == 1:
                    named[place] = ids[0]
                else:
                    out.append(place)
        return named, out


def _without(given: Portion, places: Sequence[int]) -> Portion:
    """The portion without the orders at these places, which nobody can tell from others."""
    orders, raws = given.tables["orders"], given.tables["order_raws"]
    gone = orders["id"].take(pa.array(places))
    numbers = orders["number"].take(pa.array(places)).to_pylist()
    said = list(given.said)
    reason = _("Several orders of the shop bear this number, and the file has no ids.")
    for place, number in zip(places, numbers, strict=True):
        finding = Finding(Severity.REJECTED, given.rows[place], "Id", "", reason, number, raws["raw"][place].as_py())
        said.append(Refused((finding,), number))
    tables = {}
    for name, table in given.tables.items():
        kept = table.filter(pc.invert(pc.is_in(table["id" if name == "orders" else "order_id"], gone.combine_chunks())))
        if kept.num_rows:
            tables[name] = kept
    left = [draft for draft in given.drafts if draft.number not in numbers]
    return Portion(tables, [row for place, row in enumerate(given.rows) if place not in set(places)], said, left)
