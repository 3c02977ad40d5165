"""A file of costs: columns guessed, rows matched with the products that orders hold, and why a row is left out."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from services import clock, product_costs
from services.errors import Invalid
from services.imports import moments
from services.imports.amounts import NumberStyle, exact, is_empty, is_open, style_of
from services.imports.grids import grid_of, whole
from services.imports.headers import folded
from services.imports.recognition import recognise
from services.language import _
from services.product_costs import Cost, Product
from services.shop import Shop

MOST_ROWS = 50_000
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class Column(StrEnum):
    """What a column of the file says."""

    SKU = "sku"
    PRODUCT = "product"
    COST = "cost"
    CURRENCY = "currency"
    CATEGORY = "category"
    SINCE = "since"


_NAMES = {
    Column.SKU: ("sku", "variant sku", "product sku", "item sku", "code", "reference", "ref", "product code",
                 "code article", "item number", "ugs"),
    Column.PRODUCT: ("product", "product name", "name", "title", "item", "article", "produit", "nom", "designation",
                     "nom du produit", "libelle"),
    Column.COST: ("cost", "unit cost", "cost per item", "cost price", "variant cost", "purchase price", "cout",
                  "cout unitaire", "prix d achat", "prix de revient", "prix d achat ht", "pa ht", "buying price"),
    Column.CURRENCY: ("currency", "devise", "monnaie", "currency code"),
    Column.CATEGORY: ("category", "product category", "type", "product type", "categorie", "famille", "collection"),
    Column.SINCE: ("since", "from", "valid from", "date", "effective date", "depuis", "a partir du", "debut"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that is left out: its line in the file, what it is about, and why."""

    line: int
    about: str
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says. `columns` are the guessed ones by what they say; `unsold` counts the costs of products that no
    order holds: they are kept too."""

    name: str
    columns: dict[Column, str]
    costs: tuple[Cost, ...]
    rejects: tuple[Reject, ...]
    unsold: int


def read(shop: Shop, path: Path, currency: str) -> Read:
    """Read a file; rows without a currency are in `currency`. Raises `Invalid` for what is no table, has no rows, too
    many, or no column for the product or the cost."""
    grid = grid_of(recognise(path))
    rows = whole(grid.rows(), path.name, MOST_ROWS)
    columns = guessed(grid.header)
    if Column.SKU not in columns and Column.PRODUCT not in columns:
        raise Invalid(_("No column of the file names the product: call one sku or product."))
    if Column.COST not in columns and Column.CATEGORY not in columns:
        raise Invalid(_("No column of the file is a cost or a category: call one cost."))
    places = {column: grid.header.index(name) for column, name in columns.items()}
    told = [(line, {column: _text(cells[at]) for column, at in places.items()}) for line, cells in rows]
    return _read(path.name, columns, told, _Known(product_costs.products(shop, currency)), currency, shop)


def guessed(header: Sequence[str]) -> dict[Column, str]:
    """Which column says what; each name is known in English and French."""
    known = {folded(name): name for name in reversed(header)}
    made = {}
    for column, names in _NAMES.items():
        found = next((known[name] for name in names if name in known), None)
        if found is not None:
            made[column] = found
    return made


def to_fill_in(products: Iterable[Product], currency: str) -> bytes:
    """A CSV of products whose costs are to be written in. What a spreadsheet would take for a formula gets a leading
    apostrophe, which `read` takes away again."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("sku", "product", "cost", "currency", "category", "since"))
    for one in products:
        table.writerow((*map(_harmless, (one.sku, one.name)), "", currency, "", ""))
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in _FORMULAS else text


def _text(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULAS else text


class _Known:
    """Products by SKU and by name, whatever their capitals."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._keys: dict[str, str] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        for one in products:
            self._keys.setdefault(one.key.casefold(), one.key)
            self._names[one.name.casefold()].add(one.key)

    def key(self, sku: str, name: str) -> tuple[str, bool]:
        """The key of the product that is meant, and whether an order holds it. Raises `Invalid` for a name that several
        products have."""
        for text in (sku, name):
            if text and text.casefold() in self._keys:
                return self._keys[text.casefold()], True
        named = self._names.get((name or sku).casefold(), set())
        if len(named) > 1 and not sku:
            raise Invalid(_("Several products have this name: say the SKU."))
        if len(named) == 1:
            return next(iter(named)), True
        return sku or name, False


def _read(
    name: str,
    columns: dict[Column, str],
    told: list[tuple[int, dict[Column, str]]],
    known: _Known,
    currency: str,
    shop: Shop,
) -> Read:
    amounts = [cells.get(Column.COST, "") for _line, cells in told]
    style = style_of(amounts)
    is_unclear = style is None and is_open(amounts)
    order = _order([cells.get(Column.SINCE, "") for _line, cells in told])
    zone = shop.profile().time_zone
    made: dict[tuple[str, str, date | None], Cost] = {}
    rejects, unsold = [], set()
    for line, cells in told:
        sku, product = cells.get(Column.SKU, ""), cells.get(Column.PRODUCT, "")
        try:
            key, is_sold = known.key(sku, product)
            cost = product_costs.checked(
                Cost(
                    key,
                    cells.get(Column.CURRENCY, "") or currency,
                    _amount(cells.get(Column.COST, ""), style or NumberStyle.DOT, is_unclear),
                    _since(cells.get(Column.SINCE, ""), zone, order),
                    cells.get(Column.CATEGORY, ""),
                )
            )
            own = (cost.product_key, cost.currency, cost.since_on)
            if own in made and made[own] != cost:
                raise Invalid(_("A row above says otherwise of the same product and day."))
        except Invalid as error:
            rejects.append(Reject(line, (sku or product)[:80], error.sentence))
            continue
        made[own] = cost
        if not is_sold:
            unsold.add(own)
    return Read(name, columns, tuple(made.values()), tuple(rejects), len(unsold))


def _amount(text: str, style: NumberStyle, is_unclear: bool) -> Decimal | None:
    if is_empty(text):
        return None
    if is_unclear and ("," in text or "." in text):
        raise Invalid(_("“{value}” may be a thousand or a fraction: write it with two decimals.", value=text[:40]))
    try:
        return exact(text, style)
    except (ValueError, ArithmeticError) as error:
        raise Invalid(_("“{value}” is no amount.", value=text[:40])) from error


def _order(texts: Sequence[str]) -> moments.DateOrder | None:
    try:
        return moments.date_order(texts)
    except ValueError:
        return None


def _since(text: str, zone: str, order: moments.DateOrder | None) -> date | None:
    if is_empty(text):
        return None
    try:
        return clock.day(moments.moment(text, zone, order), zone)
    except (ValueError, OverflowError) as error:
        raise Invalid(_("“{value}” is no day: write it as 2026-03-01.", value=text[:40])) from error
