"""A bank's list beside the money that moved here: the parts of the gap add up to it, to the cent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analytics import statements
from services.analytics.statements import Ours, Theirs, match
from services.errors import Invalid
from services.orders.draft import DraftPayment
from services.orders.statuses import PaymentKind
from services.shop import Shop
from tests.orders.sample import draft, keep

D = Decimal
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def money(amount: str, reference: str, kind: PaymentKind = PaymentKind.CHARGE) -> DraftPayment:
    return DraftPayment(kind, D(amount), datetime(2026, 3, 5, 10), reference=reference)


def file(folder: Path, text: str) -> Path:
    path = folder / "bank.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_banks_list_is_laid_beside_the_money_that_moved(any_shop: Shop, tmp_path: Path) -> None:
    keep(
        any_shop,
        draft("2041", payments=(money("48.90", "8XK-77"),)),
        draft("2042", payments=(money("100.00", "9ZZ-12"), money("20.00", "9ZZ-R1", PaymentKind.REFUND))),
        draft("2043", payments=(money("7.00", "7AA-01"),)),
        draft("2044", payments=(money("5.00", ""),)),
    )
    path = file(
        tmp_path,
        "Date;Libellé;Montant\n05/03/2026;VIR 8XK-77 INES;48,90\n06/03/2026;9zz-12;98,50\n"
        "07/03/2026;9ZZ-R1;-20,00\n08/03/2026;Cotisation;-3,00\n09/03/2026;commande 2044;5,00\n10/03/2026;?;zwölf\n",
    )
    read = statements.read(path)
    assert (read.amount_column, read.reference_column) == ("Montant", "Libellé")
    laid = statements.lay(any_shop, read, "Montant", "Libellé", FIRST, LAST)
    assert [(theirs.row, ours.number) for theirs, ours in laid.same] == [(2, "2041"), (4, "2042"), (6, "2044")]
    assert [(theirs.amount, ours.amount) for theirs, ours in laid.differing] == [(D("98.50"), D("100.00"))]
    assert [one.reference for one in laid.only_theirs] == ["Cotisation"]
    assert [one.number for one in laid.only_ours] == ["2043"]
    assert laid.unread == (7,)
    assert (laid.theirs, laid.ours, laid.gap) == (D("129.40"), D("140.90"), D("-11.50"))


marks = st.sampled_from(["8XK-77", "9ZZ-12", "2041", "x", ""])
amounts = st.integers(-500, 500).map(D)


@given(
    theirs=st.lists(st.builds(Theirs, st.integers(1, 99), marks, amounts), max_size=8),
    ours=st.lists(
        st.builds(Ours, st.just("id"), marks, marks, st.just(FIRST), amounts, marks.map(lambda m: (m.casefold(),))),
        max_size=8,
    ),
)
def test_the_parts_are_the_gap_and_nothing_is_lost(theirs: list[Theirs], ours: list[Ours]) -> None:
    laid = match(theirs, ours)
    parts = sum((t.amount - o.amount for t, o in laid.differing), D(0))
    parts += sum((one.amount for one in laid.only_theirs), D(0)) - sum((one.amount for one in laid.only_ours), D(0))
    assert parts == laid.gap == sum((t.amount for t in theirs), D(0)) - sum((o.amount for o in ours), D(0))
    assert len(laid.same) + len(laid.differing) + len(laid.only_theirs) == len(theirs)
    assert len(laid.same) + len(laid.differing) + len(laid.only_ours) == len(ours)


def test_a_file_without_rows_or_without_the_column_is_refused(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        statements.read(file(tmp_path, "Date;Montant\n"))
    read = statements.read(file(tmp_path, "Date;Montant\n05/03/2026;3,00\n06/03/2026;4,00\n"))
    assert read.reference_column == ""
    with pytest.raises(Invalid, match="no column"):
        statements.lay(shop, read, "Montant", "", FIRST, LAST)
