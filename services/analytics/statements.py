"""A list of somebody else's, a bank's or a provider's, laid beside the money that moved here: what both have, what only
one of them has, and where amounts differ. Together these are the gap, to the cent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from data import reconciling
from data.store import Row
from services import clock
from services.analytics.words import chosen_currency, words
from services.errors import Invalid, store_errors
from services.imports.amounts import NumberStyle, amount, is_empty, style_of
from services.imports.grids import grid_of, whole
from services.imports.headers import folded
from services.imports.recognition import recognise
from services.language import _
from services.money import ZERO
from services.orders.statuses import PaymentKind
from services.shop import Shop

MOST_ROWS = 50_000
_AMOUNTS = (
    "amount",
    "montant",
    "net",
    "gross",
    "net amount",
    "gross amount",
    "total",
    "credit",
    "somme",
    "value",
    "brut",
)
_REFERENCES = (
    "reference", "transaction id", "transaction", "id", "payment id", "order", "order number", "order id", "number",
    "libelle", "description", "label", "commande", "numero", "ref", "details", "communication",
)  # fmt: skip
_TELLING = 4  # characters of a mark that tells who is meant though amounts differ
_MARK = re.compile(r"[\w-]*\d[\w-]*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A file as rows of text, with the columns that are probably the amount and the reference (empty: none looks
    like it)."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    amount_column: str
    reference_column: str


@dataclass(frozen=True, slots=True)
class Theirs:
    """A row of the file: its line, what it says, and its amount, negative where money went out."""

    row: int
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Ours:
    """A movement of money here; refunds are negative."""

    order_id: str
    number: str
    reference: str
    moved_on: date
    amount: Decimal
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """Both lists beside each other. `differing` are pairs of one reference whose amounts are not the same."""

    same: tuple[tuple[Theirs, Ours], ...]
    differing: tuple[tuple[Theirs, Ours], ...]
    only_theirs: tuple[Theirs, ...]
    only_ours: tuple[Ours, ...]
    unread: tuple[int, ...]  # lines whose amount is none

    @property
    def theirs(self) -> Decimal:
        """What the file comes to."""
        return sum((one.amount for one, _ in (*self.same, *self.differing)), ZERO) + _total(self.only_theirs)

    @property
    def ours(self) -> Decimal:
        """What moved here."""
        return sum((one.amount for _, one in (*self.same, *self.differing)), ZERO) + _total(self.only_ours)

    @property
    def gap(self) -> Decimal:
        """theirs − ours: what only they have, less what only we have, and by how much amounts differ."""
        return self.theirs - self.ours


def read(path: Path) -> Statement:
    """Read a file: CSV of any kind, TSV, XLSX, JSON. Raises `Invalid` with one sentence for what is no table, has no
    rows or too many."""
    grid = grid_of(recognise(path))
    rows = whole(((line, tuple(cells)) for line, cells in grid.rows()), path.name, MOST_ROWS)
    return Statement(path.name, grid.header, rows, _column(grid.header, _AMOUNTS), _column(grid.header, _REFERENCES))


def lay(
    shop: Shop, statement: Statement, amounts: str, references: str, first: date, last: date, currency: str = ""
) -> Laid:
    """Lay a file beside the money that moved from `first` to `last`. `amounts` and `references` are columns of it.
    Raises `Invalid` when the file has no such column."""
    for column in (amounts, references):
        if column not in statement.header:
            raise Invalid(_("The file has no column “{name}”.", name=column), {"column": column})
    profile = shop.profile()
    chosen = chosen_currency(currency) or profile.currency
    given = {**words(chosen, clock.day(clock.now(), profile.time_zone)), "first": first, "last": last}
    with store_errors(), shop.store.read() as reader:
        moved = reconciling.moved(reader, {**given, "currency": chosen})
    ours = [_ours(row) for row in moved]
    theirs, unread = _theirs(statement, statement.header.index(amounts), statement.header.index(references))
    return match(theirs, ours, unread)


def match(theirs: Sequence[Theirs], ours: Sequence[Ours], unread: Sequence[int] = ()) -> Laid:
    """Pairs of one reference and one amount first, then of one reference; the rest stands alone."""
    waiting: dict[str, list[Ours]] = defaultdict(list)
    for one in ours:
        for mark in one.marks:
            waiting[mark].append(one)
    taken: set[int] = set()
    same, differing, alone = [], [], []
    later: list[Theirs] = []
    for row in theirs:
        found = _first(row, waiting, taken, is_same=True)
        if found:
            taken.add(id(found))
            same.append((row, found))
        else:
            later.append(row)
    for row in later:
        found = _first(row, waiting, taken, is_same=False)
        if found:
            taken.add(id(found))
            differing.append((row, found))
        else:
            alone.append(row)
    rest = tuple(one for one in ours if id(one) not in taken)
    return Laid(tuple(same), tuple(differing), tuple(alone), rest, tuple(unread))


def _first(row: Theirs, waiting: dict[str, list[Ours]], taken: set[int], is_same: bool) -> Ours | None:
    """A movement that is not taken yet and shares a mark with a row, of its amount or in its direction."""
    for mark in _marks(row.reference):
        if not is_same and len(mark) < _TELLING:
            continue  # a short number may be anything
        for one in waiting.get(mark, ()):
            fits = one.amount == row.amount if is_same else (one.amount < 0) == (row.amount < 0)
            if id(one) not in taken and fits:
                return one
    return None


def _theirs(statement: Statement, amounts: int, references: int) -> tuple[list[Theirs], list[int]]:
    style = style_of(cells[amounts] for _line, cells in statement.rows) or NumberStyle.DOT
    made, unread = [], []
    for line, cells in statement.rows:
        if is_empty(cells[amounts]):
            continue
        try:
            made.append(Theirs(line, cells[references].strip(), amount(cells[amounts].strip(), style)))
        except ValueError:
            unread.append(line)
    return made, unread


def _ours(row: Row) -> Ours:
    number, reference = str(row["number"]), str(row["reference"] or row["transaction_id"])
    sign = -1 if row["kind"] == PaymentKind.REFUND else 1
    told = (reference, str(row["transaction_id"]), number)
    marks = tuple(dict.fromkeys(text.strip().lstrip("#").casefold() for text in told if text.strip()))
    return Ours(
        str(row["order_id"]),
        number,
        reference,
        row["moved_on"],
        sign * row["amount"],
        marks,
    )


def _marks(text: str) -> list[str]:
    """What in a cell may be a reference: all of it, and each word with a figure in it."""
    whole = text.strip().lstrip("#").casefold()
    return list(dict.fromkeys([whole, *(word.casefold() for word in _MARK.findall(text))]))


def _column(header: Sequence[str], names: Sequence[str]) -> str:
    known = {folded(column): column for column in reversed(header)}
    return next((known[name] for name in names if name in known), "")


def _total(rows: Iterable[Theirs | Ours]) -> Decimal:
    return sum((one.amount for one in rows), ZERO)
