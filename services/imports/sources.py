"""Which shop a file comes from, when the file does not say it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from data import import_runs
from data.doors import Reader
from services.imports.mapping import Mapping
from services.imports.recognition import Format, Recognised


def default_source(
    read: Reader, files: Sequence[Recognised], name: str, shop_name: str, mapping: Mapping | None
) -> str:
    """`shopify:<shop>` and the like: the name given, else the one that is known, else the shop's own. For a table it
    is the mapping's name, so that next month's file of the same kind is the same source."""
    prefix = f"{files[0].format}:"
    if name:
        return name if name.startswith(prefix) else f"{prefix}{name}"
    if files[0].format is Format.TABLE:
        return f"{prefix}{mapping.name if mapping and mapping.name else PurePath(files[0].file.name).stem}"
    known = import_runs.sources(read, prefix)
    return known[0] if len(known) == 1 else f"{prefix}{shop_name}"
