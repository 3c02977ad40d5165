"""A carrier's file is read, matched to orders, looked at, applied as one step and taken back as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from services import bulk, jobs
from services.errors import Invalid
from services.jobs.running import run_all
from services.orders.statuses import ActionName, FulfilmentStatus
from services.people import MERCHANT
from services.shop import Shop
from services.tracking_files import applying, matching
from services.tracking_files.columns import Column
from services.tracking_files.matching import Fate, Matched
from services.tracking_files.reading import read
from tests.orders.moving import do, now, same
from tests.orders.sample import NOW, draft, keep

UPS = ("1Z5R89390357567127", "1Z879E930346834440", "1Z410E7W0392751591", "1Z8V92A70367203024")
A, F = ActionName, FulfilmentStatus


def file(folder: Path, text: str, name: str = "colis.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def matched(shop: Shop, path: Path) -> Matched:
    table = read(path)
    return matching.matched(shop, table, matching.guess(shop, table))


@pytest.mark.parametrize(
    ("header", "order", "tracking"),
    [
        ("Order number;Tracking number", 0, 1),
        ("N° de suivi;Référence client", 1, 0),
        ("Sendungsnummer;Kundenreferenz", 1, 0),
        ("Numéro de colis;Nom;Votre référence", 2, 0),
        ("foo;bar", 0, 1),  # only what is in the columns tells
    ],
)
def test_columns_are_known_by_their_names_or_by_what_is_in_them(
    shop: Shop, tmp_path: Path, header: str, order: int, tracking: int
) -> None:
    keep(shop, draft("1001"), draft("1002"))
    names = header.split(";")
    rows = [["Inès"] * len(names) for _ in range(2)]
    for row, number, parcel in zip(rows, ("#1001", "1002"), UPS, strict=False):
        row[order], row[tracking] = number, parcel
    table = read(file(tmp_path, "\n".join([header, *(";".join(row) for row in rows)])))
    guess = matching.guess(shop, table)
    assert (guess[Column.ORDER], guess[Column.TRACKING]) == (names[order], names[tracking])


def test_a_file_without_header_loses_no_parcel(shop: Shop, tmp_path: Path) -> None:
    keep(shop, draft("1001"), draft("1002"))
    found = matched(shop, file(tmp_path, f"1001,{UPS[0]}\n1002,{UPS[1]}\n"))
    assert [(row.row, row.fate) for row in found.rows] == [(1, Fate.SHIP), (2, Fate.SHIP)]


def test_a_person_may_say_otherwise(shop: Shop, tmp_path: Path) -> None:
    keep(shop, draft("1001"))
    table = read(file(tmp_path, f"order,tracking,other\nx,y,1001\nx,{UPS[0]},1001\n"))
    found = matching.matched(shop, table, {Column.ORDER: "other", Column.TRACKING: "tracking"})
    assert found.rows[0].number == "1001"
    for wrong in ({Column.ORDER: "other"}, {Column.ORDER: "nothing", Column.TRACKING: "tracking"}):
        with pytest.raises(Invalid):
            matching.matched(shop, table, wrong)


def test_every_row_says_what_it_does_or_why_it_does_nothing(any_shop: Shop, tmp_path: Path) -> None:
    keep(any_shop, draft("1001"), draft("1002"), draft("1003"), draft("1004"), draft("1005", source_id="ext-77"))
    keep(any_shop, draft("2000", source="one"), draft("2000", source="other"))
    shipped, bare = keep(any_shop, draft("1006"), draft("1007"))
    do(any_shop, shipped, A.MARK_SHIPPED, tracking_number=UPS[3])
    do(any_shop, bare, A.MARK_SHIPPED)
    rows = [
        ("#1001", UPS[0]),
        ("1002", "1Z5R89390357567128"),
        ("1003", UPS[0]),
        ("1004", ""),
        ("ext-77", "6A123"),
        ("2000", UPS[1]),
        ("9999", UPS[1]),
        ("1006", UPS[1]),
        ("1006", UPS[3]),
        ("1007", UPS[2]),
        ("1001", UPS[2]),
        ("", UPS[2]),
        ("1004", "1,2E+15"),
        ("9999", UPS[3]),
    ]
    text = "\n".join(["order;tracking", *(";".join(row) for row in rows)])
    found = matched(any_shop, file(tmp_path, text))
    assert [(row.fate, row.sentence) for row in found.rows] == [
        (Fate.SHIP, ""),
        (Fate.SHIP, "The check digit of this tracking number is wrong: compare it with the label."),
        (Fate.SHIP, f"The tracking number {UPS[0]} is on another order already: #1001."),
        (Fate.LEFT, "There is no tracking number in this row."),
        (Fate.SHIP, ""),
        (Fate.LEFT, "2 orders bear the number 2000."),
        (Fate.LEFT, "There is no order 9999."),
        (Fate.LEFT, f"The order is shipped already, with the number {UPS[3]}."),
        (Fate.SAME, "The order has this tracking number already."),
        (Fate.ADD, ""),
        (Fate.LEFT, "An earlier row gives this order another number: enter its second parcel by hand."),
        (Fate.LEFT, "There is no order in this row."),
        (
            Fate.LEFT,
            "A spreadsheet has cut this number: export the file again and do not open it in between.",
        ),
        (Fate.SAME, "Order #1006 has this tracking number already."),
    ]
    assert len(found.doubtful) == 2


def test_it_is_applied_as_one_step_and_taken_back_as_one(any_shop: Shop, tmp_path: Path) -> None:
    new, bare, held = keep(any_shop, draft("1001"), draft("1002"), draft("1003", fulfilment_status=F.ON_HOLD))
    do(any_shop, bare, A.MARK_SHIPPED, tell_customer=False)
    before = {one: now(any_shop, one) for one in (new, bare, held)}
    path = file(tmp_path, f"order,tracking\n1001,{UPS[0]}\n1002,{UPS[1]}\n1003,{UPS[2]}\n")
    found = matched(any_shop, path)
    seen = applying.preview(any_shop, found, MERCHANT, now=NOW)
    assert [row.fate for row in seen.rows] == [Fate.SHIP, Fate.ADD, Fate.LEFT]
    assert "On hold" in seen.rows[2].sentence
    assert seen.mails == 2
    job = applying.apply(any_shop, found, MERCHANT, now=NOW)
    run_all(any_shop)
    done = jobs.job(any_shop, job.id)
    assert (done.done, done.refused, done.messages) == (2, 1, 2)
    assert now(any_shop, new).fulfilment_status is F.SHIPPED
    assert [(now(any_shop, one).shipments[0].carrier, now(any_shop, one).shipments[0].tracking_number)
            for one in (new, bare)] == [("UPS", UPS[0]), ("UPS", UPS[1])]  # fmt: skip
    bulk.undo(any_shop, job.id, MERCHANT, now=NOW)
    run_all(any_shop)
    for one, was in before.items():
        assert same(now(any_shop, one), was)
    assert {mail.state for mail in now(any_shop, new).messages} == {"cancelled"}


def test_the_same_file_once_more_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    keep(shop, draft("1001"))
    path = file(tmp_path, f"order,tracking\n1001,{UPS[0]}\n")
    applying.apply(shop, matched(shop, path), MERCHANT, now=NOW)
    run_all(shop)
    again = matched(shop, path)
    assert [row.fate for row in again.rows] == [Fate.SAME]
    assert applying.preview(shop, again, MERCHANT, now=NOW).step is None
    with pytest.raises(Invalid):
        applying.apply(shop, again, MERCHANT, now=NOW)


def test_an_order_that_somebody_changed_since_the_look_is_left_alone(shop: Shop, tmp_path: Path) -> None:
    [order] = keep(shop, draft("1001"))
    found = matched(shop, file(tmp_path, f"order,tracking\n1001,{UPS[0]}\n"))
    do(shop, order, A.HOLD, reason="Waits for a word")
    job = applying.apply(shop, found, MERCHANT, now=NOW)
    run_all(shop)
    assert jobs.job(shop, job.id).refused == 1
    assert now(shop, order).shipments == ()


def test_nobody_is_told_when_the_box_is_not_ticked(shop: Shop, tmp_path: Path) -> None:
    [order] = keep(shop, draft("1001"))
    found = matched(shop, file(tmp_path, f"order,tracking\n1001,{UPS[0]}\n"))
    assert applying.preview(shop, found, MERCHANT, tell_customer=False, now=NOW).mails == 0
    applying.apply(shop, found, MERCHANT, tell_customer=False, now=NOW)
    run_all(shop)
    assert now(shop, order).messages == ()


def test_a_spreadsheet_keeps_its_numbers_whole(shop: Shop, tmp_path: Path) -> None:
    keep(shop, draft("1001"), draft("1002"))
    book = Workbook()
    sheet = book.active
    sheet.append(["Commande", "N° de suivi", "Transporteur"])
    sheet.append([1001, 60120172242323, "DHL"])
    sheet.append([1002.0, UPS[0], None])
    book.save(tmp_path / "colis.xlsx")
    found = matched(shop, tmp_path / "colis.xlsx")
    assert [(row.number, row.tracking_number, row.carrier) for row in found.rows] == [
        ("1001", "60120172242323", "DHL"),
        ("1002", UPS[0], ""),
    ]


def test_what_a_spreadsheet_puts_around_a_number_goes(shop: Shop, tmp_path: Path) -> None:
    keep(shop, draft("1001"), draft("1002"))
    text = f'order;tracking\n"=""1001""";"=""{UPS[0]}"""\n1002;\'{UPS[1]}\n'
    assert [row.tracking_number for row in matched(shop, file(tmp_path, text)).of(Fate.SHIP)] == list(UPS[:2])


def test_hostile_cells_are_refused_or_kept_as_text(shop: Shop, tmp_path: Path) -> None:
    [order] = keep(shop, draft("1001"))
    text = 'order;tracking;carrier\n1001;"<b>1Z</b>";"=cmd|calc"\n1001;"a\nb";x\n'
    found = matched(shop, file(tmp_path, text))
    assert [row.fate for row in found.rows] == [Fate.SHIP, Fate.LEFT]
    applying.apply(shop, found, MERCHANT, now=NOW)
    run_all(shop)
    parcel = now(shop, order).shipments[0]
    assert (parcel.carrier, parcel.tracking_number) == ("=cmd|calc", "<b>1Z</b>")


@pytest.mark.parametrize("text", ["", "order\n1\n", "order;tracking\n"])
def test_a_file_that_holds_nothing_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(Invalid):
        read(file(tmp_path, text))
