"""The reader of each format."""

from __future__ import annotations

from collections.abc import Sequence

from data.staging import Staging
from services.errors import Invalid
from services.imports.mapping import Mapping
from services.imports.reading import Context, Reader
from services.imports.recognition import Format, Recognised, Shape
from services.imports.shopify_csv import ShopifyCsv
from services.imports.spreading import Spread
from services.language import _


def reader_of(files: Sequence[Recognised], context: Context, mapping: Mapping | None, staging: Staging) -> Reader:
    """What reads these files (all of one format)."""
    first = files[0]
    if first.format is Format.SHOPIFY and first.shape is Shape.DELIMITED:
        return ShopifyCsv([(one.file, one.layout) for one in files if one.layout], Spread(staging))
    raise Invalid(_("There is no reader for this kind of file."))
