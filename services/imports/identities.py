"""Orders that a shop knows by number and a file by id, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from data import import_runs
from data.doors import Reader
from services.imports.finding import Finding, Severity
from services.imports.reading import Refused, Taken
from services.imports.recognition import Format
from services.language import _


class Identities:
    """Settles who an order is. An export of Shopify without the column `Id` knows it by its number only; when the id
    comes later, the order adopts it (`adopted`: known id, id of the source)."""

    def __init__(self, read: Reader, source: str, format: Format) -> None:
        self._read, self._source = read, source
        self._is_needed = format is Format.SHOPIFY and import_runs.has_source(read, source)
        self.adopted: list[tuple[str, str]] = []

    def settled(self, batch: Sequence[Taken]) -> Iterator[Taken | Refused]:
        """The orders by the ids that the store knows them by."""
        if not self._is_needed:
            yield from batch
            return
        known = import_runs.ids_by_number(self._read, self._source, [one.draft.number for one in batch])
        for one in batch:
            draft = one.draft
            ids = known.get(draft.number, [])
            if not ids or draft.source_id in ids:
                yield one
            elif draft.number in ids:
                self.adopted.append((draft.number, draft.source_id))
                yield replace(one, draft=replace(draft, source_id=draft.number))
            elif draft.source_id != draft.number:
                yield one
            elif len(ids) == 1:
                yield replace(one, draft=replace(draft, source_id=ids[0]))
            else:
                reason = _("Several orders of the shop bear this number, and the file has no ids.")
                found = Finding(Severity.REJECTED, one.row, "Id", "", reason, draft.number, one.raw)
                yield Refused((found,), draft.number)
