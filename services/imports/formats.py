"""The reader of each format."""

from __future__ import annotations

from collections.abc import Sequence

from data.staging import Staging
from services.errors import Invalid
from services.imports import ecwid, shopify_rest, woocommerce
from services.imports.comptoir import ComptoirFiles
from services.imports.grids import Grid
from services.imports.joining import Joined
from services.imports.mapping import Mapping
from services.imports.objects import ObjectFiles
from services.imports.reading import Reader
from services.imports.recognition import Format, Recognised, Shape
from services.imports.shopify_csv import ShopifyCsv
from services.imports.spreading import Spread
from services.imports.table import TableFiles
from services.language import _


def reader_of(
    files: Sequence[Recognised], tables: list[Grid | Joined], mapping: Mapping | None, staging: Staging
) -> Reader:
    """What reads these files (all of one format); `tables` and their mapping are for any table."""
    first = files[0]
    if first.format is Format.SHOPIFY and first.shape not in (Shape.JSON, Shape.LINES):
        return ShopifyCsv(files, Spread(staging))
    if first.format is Format.COMPTOIR:
        return ComptoirFiles(files, Spread(staging))
    if first.format is Format.TABLE and mapping:
        return TableFiles(tables, mapping, Spread(staging))
    if reads := _OBJECTS.get(first.format):
        return ObjectFiles(files, reads)
    raise Invalid(_("There is no reader for this kind of file."))


_OBJECTS = {
    Format.SHOPIFY: shopify_rest.read_order,
    Format.WOOCOMMERCE: woocommerce.read_order,
    Format.ECWID: ecwid.read_order,
}
