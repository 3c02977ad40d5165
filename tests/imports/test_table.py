"""Any table, by a mapping that is guessed, asked about, corrected and remembered."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
import xlsxwriter

from services.errors import Invalid
from services.imports.mapping import Mapping, from_json
from services.imports.planning import plan
from services.imports.runs import run
from services.orders import reading
from services.orders.statuses import FulfilmentStatus, PaymentKind, PaymentStatus
from tests.conftest import NOW

FRENCH = """N° commande;Date de commande;Nom du client;Adresse e-mail;Produit;Qté;Prix unitaire TTC;Frais de port;Statut
F-1;25/03/2024;Inès Martin;ines@example.com;Bol;2;12,50;4,90;Expédiée
F-1;25/03/2024;Inès Martin;ines@example.com;Tasse;1;8,00;4,90;Expédiée
F-2;03/04/2024;Paul Roux;paul@example.com;Bol;1;1 250,00;0,00;Annulée
"""


def write(folder, content, name="orders.csv"):
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_a_french_table_of_lines_is_understood(shop, tmp_path):
    result = run(shop, write(tmp_path, FRENCH), now=NOW)
    assert (result.format, result.rows, result.new, result.rejected) == ("table", 3, 2, 0)
    first, second = reading.order(shop, "F-1"), reading.order(shop, "F-2")
    assert [(line.name, line.quantity, line.unit_price) for line in first.lines] == [
        ("Bol", 2, Decimal("12.5")), ("Tasse", 1, 8),
    ]  # fmt: skip
    assert (first.total, first.shipping_fee, first.tax_included) == (Decimal("37.9"), Decimal("4.9"), True)
    assert (first.placed_on, first.email, first.name) == (date(2024, 3, 25), "ines@example.com", "Inès Martin")
    assert first.fulfilment_status is FulfilmentStatus.SHIPPED
    assert (second.total, second.payment_status) == (1250, PaymentStatus.CANCELLED)


def test_the_guess_shows_columns_with_samples_and_how_sure_it_is(shop, tmp_path):
    guess = plan(shop, write(tmp_path, FRENCH))
    shown = {one.column: one for one in guess.columns}
    assert shown["N° commande"].field == "number"
    assert shown["Prix unitaire TTC"].samples == ("12,50", "8,00", "1 250,00")
    assert shown["Produit"].confidence > 0.9
    assert guess.open_questions == ()


@pytest.mark.parametrize(
    "table,asked",
    [
        ("order id,order date,total\n1,03/04/2024,12.50\n2,05/06/2024,3.00\n", "date_order"),
        ("order id,order date,total\n1,31/04/2024,12.50\n2,05/16/2024,3.00\n", "date_order"),
        ('order id,order date,total\n1,2024-04-03,"1,234"\n2,2024-04-04,"5,678"\n', "number_style"),
        ("order id,order date,amount\n1,2024-04-03,1200\n2,2024-04-04,3450\n", "amounts_in"),
    ],
)
def test_what_cannot_be_known_is_asked_and_never_guessed(shop, tmp_path, table, asked):
    path = write(tmp_path, table)
    assert [one.name for one in plan(shop, path).open_questions] == [asked]
    with pytest.raises(Invalid) as refused:
        run(shop, path, now=NOW)
    assert asked in refused.value.fields
    assert asked in refused.value.sentence


def test_an_answer_is_taken_and_remembered_for_the_next_file(shop, tmp_path):
    first = write(tmp_path, "order id,order date,total\n1,03/04/2024,12.50\n2,05/06/2024,3.00\n", "march.csv")
    run(shop, first, mapping=Mapping(answers={"date_order": "dmy"}), now=NOW)
    assert reading.order(shop, "1").placed_on == date(2024, 4, 3)
    later = write(tmp_path, "order id,order date,total\n2,05/06/2024,3.00\n3,07/06/2024,9.00\n", "april.csv")
    result = run(shop, later, now=NOW)
    assert (result.new, result.same, result.source) == (1, 1, "table:march")


def test_a_mapping_is_saved_and_loaded_as_json(shop, tmp_path):
    guess = plan(shop, write(tmp_path, FRENCH))
    again = from_json(guess.mapping.as_json(), guess.mapping.header_hash)
    assert again == guess.mapping


@pytest.mark.parametrize("text", ["[]", "{", '{"fields": {"no such": "x"}}', '{"answers": {"colour": "red"}}'])
def test_a_wrong_mapping_is_refused_in_one_sentence(text):
    with pytest.raises(Invalid):
        from_json(text)


def test_a_mapping_that_names_missing_columns_says_which(shop, tmp_path):
    with pytest.raises(Invalid, match="Total TTC"):
        run(shop, write(tmp_path, FRENCH), mapping=Mapping(fields={
            "number": "N° commande", "placed_at": "Date de commande", "total": "Total TTC"}), now=NOW)  # fmt: skip


def test_one_number_of_two_customers_is_two_orders(shop, tmp_path):
    table = "order id,date,customer,product,qty,price\n7,2024-01-02,Ann,Cup,1,5.00\n7,2024-02-03,Bob,Cup,1,5.00\n"
    result = run(shop, write(tmp_path, table), now=NOW)
    assert (result.new, any("different customers" in one.reason for one in result.notices)) == (2, True)


def test_total_rows_and_repeated_headers_are_left_out_and_counted(shop, tmp_path):
    table = "order id,order date,total\n1,2024-04-03,12.50\norder id,order date,total\nTotal,,12.50\n"
    result = run(shop, write(tmp_path, table), now=NOW)
    assert (result.new, result.rejected, sum(result.left_out.values())) == (1, 0, 2)


def test_one_bad_row_costs_one_row(shop, tmp_path):
    table = "order id,order date,total\n1,2024-04-03,12.50\n2,2024-13-03,1.00\n3,2024-04-03,-1\n,2024-04-03,4\n"
    result = run(shop, write(tmp_path, table), now=NOW)
    assert (result.new, result.rejected) == (1, 3)
    assert [(one.row, one.column) for one in result.rejects] == [
        (3, "order date"), (4, "total"), (5, "order id"),
    ]  # fmt: skip


def test_a_table_in_a_spreadsheet_keeps_its_days_and_amounts(shop, tmp_path):
    path = tmp_path / "orders.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Order", "Order date", "Email", "Total"])
    sheet.write_row(1, 0, ["0042", "", "ines@example.com", 19.9])
    sheet.write_datetime(1, 1, datetime(2024, 4, 3), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    assert run(shop, path, now=NOW).new == 1
    found = reading.order(shop, "0042")
    assert (found.placed_on, found.total) == (date(2024, 4, 3), Decimal("19.9"))


def test_a_table_in_parquet_is_read(shop, tmp_path):
    path = tmp_path / "orders.parquet"
    parquet.write_table(
        pa.table({"order_id": [1], "order_date": [date(2024, 4, 3)], "total": [Decimal("19.90")]}), path
    )
    assert run(shop, path, now=NOW).new == 1
    assert reading.order(shop, "1").total == Decimal("19.9")


def test_lines_inside_json_orders_are_laid_flat(shop, tmp_path):
    orders = [
        {"order_id": 5, "order_date": "2024-04-03T10:00:00Z", "total": 25,
         "products": [{"product_name": "Bol", "quantity": 2, "unit_price": 10}, {"product_name": "Tasse", "quantity": 1,
                                                                               "unit_price": 5}]},
    ]  # fmt: skip
    path = write(tmp_path, "\n".join(map(json.dumps, orders)), "orders.ndjson")
    assert run(shop, path, now=NOW).new == 1
    assert [line.name for line in reading.order(shop, "5").lines] == ["Bol", "Tasse"]


def test_orders_and_payments_in_two_files_are_joined(shop, tmp_path):
    orders = write(tmp_path, "id,order_date,status\n1,2024-04-03,completed\n2,2024-04-04,placed\n", "orders.csv")
    payments = write(
        tmp_path,
        "id,order_id,payment_method,amount\n1,1,credit_card,10.50\n2,1,coupon,2.00\n3,1,gift_card,4.00\n",
        "payments.csv",
    )
    result = run(shop, [orders, payments], now=NOW)
    found = reading.order(shop, "1")
    assert (result.new, found.subtotal, found.discount, found.total) == (2, Decimal("16.5"), 2, Decimal("14.5"))
    assert sorted(one.kind for one in found.payments) == [PaymentKind.CHARGE, PaymentKind.GIFT_CARD]
    assert (found.payment_status, found.fulfilment_status) == (PaymentStatus.PAID, FulfilmentStatus.DELIVERED)


def test_files_that_do_not_belong_together_are_refused(shop, tmp_path):
    orders = write(tmp_path, "order id,order date,total\n1,2024-04-03,12.50\n", "orders.csv")
    other = write(tmp_path, "colour,shape\nred,round\n", "other.csv")
    with pytest.raises(Invalid, match=r"other\.csv"):
        run(shop, [orders, other], now=NOW)


def test_a_table_without_lines_keeps_the_lines_that_are_known(shop, tmp_path):
    run(shop, write(tmp_path, "order id,date,product,qty,price\n1,2024-01-02,Cup,2,5.00\n"), source="table:x", now=NOW)
    result = run(shop, write(tmp_path, "order id,date,email\n1,2024-01-02,a@example.com\n"), source="table:x", now=NOW)
    found = reading.order(shop, "1")
    assert (result.changed, found.email, found.total, len(found.lines)) == (1, "a@example.com", 10, 1)
