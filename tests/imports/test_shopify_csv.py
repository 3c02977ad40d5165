"""Shopify's orders export."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from services.imports.runs import run
from services.orders import reading
from services.orders.order import Order
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus
from services.shop import Shop
from tests.conftest import NOW
from tests.imports.invented import COLUMNS_66, COLUMNS_73, COLUMNS_79, Cells, file, line, order, text


def imported(shop: Shop, folder: Path, *rows: Cells, number: str = "#1001") -> Order:
    """The one order of some rows, as the shop knows it after their import."""
    result = run(shop, file(folder, rows), now=NOW)
    assert (result.new, result.rejected) == (1, 0), result.rejects
    return reading.order(shop, number)


def test_an_order_of_three_lines_comes_in_whole(shop, tmp_path):
    found = imported(shop, tmp_path, order(subtotal="60.00", total="65.00"), line(), line(lineitem_name="Assiette"))
    assert [one.name for one in found.lines] == ["Bol bleu - Grand", "Tasse", "Assiette"]
    assert (found.total, found.subtotal, found.paid, found.due) == (65, 60, 65, 0)
    assert found.placed_at == datetime(2024, 3, 1, 9, 0)
    assert found.email == "ines@example.com"
    assert found.payment_method == "paypal"
    assert (found.payment_status, found.fulfilment_status) == (
        PaymentStatus.PAID, FulfilmentStatus.AWAITING_PROCESSING,
    )  # fmt: skip
    assert (found.shipping_address.postal_code, found.shipping_address.country) == ("01234", "FR")


def test_equal_lines_of_one_order_are_two_lines(shop, tmp_path):
    found = imported(shop, tmp_path, order(subtotal="60.00", total="65.00"), line(), line())
    assert [one.sku for one in found.lines] == ["BOL-1", "TAS-1", "TAS-1"]


@pytest.mark.parametrize("columns", [COLUMNS_79, COLUMNS_73, COLUMNS_66], ids=len)
def test_every_width_of_the_export_is_read(shop, tmp_path, columns):
    result = run(shop, file(tmp_path, [order()], columns), now=NOW)
    assert (result.format, result.new, result.rejected) == ("shopify", 1, 0)


def test_columns_are_found_by_name_whatever_their_order_and_spelling(shop, tmp_path):
    path = tmp_path / "orders.csv"
    header = text([order()], list(reversed(COLUMNS_79)))
    path.write_text("\ufeff" + header.replace("Lineitem sku", "LINEITEM SKU").replace("Cancelled at", "Canceled at"))
    assert run(shop, path, now=NOW).new == 1
    assert reading.order(shop, "#1001").lines[0].sku == "BOL-1"


def test_a_narrower_export_does_not_blank_what_a_wider_one_gave(shop, tmp_path):
    run(shop, file(tmp_path, [order(tags="vip", notes="Merci", payment_references="pi_1")]), now=NOW)
    narrow = [c for c in COLUMNS_73 if c not in ("Tags", "Notes")]
    again = run(shop, file(tmp_path, [order(tags="vip", notes="Merci")], narrow), now=NOW)
    assert (again.new, again.changed, again.same) == (0, 0, 1)
    changed = run(shop, file(tmp_path, [order(email="new@example.com")], narrow), now=NOW)
    assert changed.changed == 1
    found = reading.order(shop, "#1001")
    assert (found.email, found.tags, found.customer_comment, found.transaction_id) == (
        "new@example.com", ("vip",), "Merci", "pi_1",
    )  # fmt: skip


def test_a_note_of_several_lines_stays_as_it_is(shop, tmp_path):
    note = 'Ring twice,\n"please"\r\nthen wait'
    assert imported(shop, tmp_path, order(notes=note)).customer_comment == note


def test_apostrophes_go_only_where_they_guard_digits(shop, tmp_path):
    found = imported(
        shop, tmp_path,
        order(shipping_city="'s-Hertogenbosch", billing_name="O'Neil", phone="'+33612345678", id="'6866153"),
    )  # fmt: skip
    assert found.shipping_address.city == "'s-Hertogenbosch"
    assert found.billing_address.name == "O'Neil"
    assert (found.phone, found.source_id) == ("+33612345678", "6866153")


def test_a_gift_card_and_a_card_make_one_charge_that_keeps_the_split(shop, tmp_path):
    found = imported(shop, tmp_path, order(payment_method="Gift Card + Shopify Payments"))
    assert found.payment_method == "card"
    assert found.payment_method_label == "Gift Card + Shopify Payments"
    assert [(one.kind, one.amount, one.reference) for one in found.payments] == [
        (PaymentKind.CHARGE, Decimal(45), "Gift Card + Shopify Payments")
    ]


def test_a_partial_refund_is_booked_with_its_time_unknown(shop, tmp_path):
    found = imported(shop, tmp_path, order(financial_status="partially_refunded", refunded_amount="10.00"))
    assert (found.paid, found.refunded, found.due) == (45, 10, 0)
    assert next(one for one in found.payments if one.kind is PaymentKind.REFUND).at is None


def test_an_unpaid_order_that_was_cancelled_holds_no_money(shop, tmp_path):
    found = imported(
        shop, tmp_path, order(financial_status="voided", paid_at="", cancelled_at="2024-03-02 10:00:00 +0100")
    )
    assert (found.payment_status, found.fulfilment_status) == (
        PaymentStatus.CANCELLED, FulfilmentStatus.WILL_NOT_DELIVER,
    )  # fmt: skip
    assert (found.paid, found.due, found.payments) == (0, 0, ())


def test_a_part_payment_is_what_is_not_outstanding(shop, tmp_path):
    found = imported(shop, tmp_path, order(financial_status="partially_paid", outstanding_balance="25.00"))
    assert (found.paid, found.due) == (20, 25)


@pytest.mark.parametrize("total,included", [("54.00", False), ("45.00", True)])
def test_whether_prices_hold_the_tax_follows_from_the_sums(shop, tmp_path, total, included):
    found = imported(shop, tmp_path, order(total=total, taxes="9.00", tax_1_name="TVA 20%", tax_1_value="9.00"))
    assert (found.tax_included, found.tax) == (included, 9)


@pytest.mark.parametrize(
    "currency,price,total", [("JPY", "1500", "3005"), ("KWD", "1.125", "7.250")], ids=["yen", "dinar"]
)
def test_currencies_with_other_decimals_keep_theirs(shop, tmp_path, currency, price, total):
    twice = str(Decimal(price) * 2)
    found = imported(shop, tmp_path, order(currency=currency, lineitem_price=price, subtotal=twice, total=total))
    assert (found.currency, found.lines[0].unit_price, found.total) == (currency, Decimal(price), Decimal(total))


def test_an_orders_discount_is_spread_over_its_lines_to_the_cent(shop, tmp_path):
    rows = [order(subtotal="55.00", total="60.00", discount_amount="5.00", discount_code="TEN"), line(), line()]
    found = imported(shop, tmp_path, *rows)
    assert (found.subtotal, found.discount, found.coupons) == (60, 5, ("TEN",))
    assert sum(one.discount for one in found.lines) == 5
    assert dict(found.source_status)["line_discounts"] == "allocated"


def test_sums_that_do_not_add_up_are_told_and_the_total_stands(shop, tmp_path):
    result = run(shop, file(tmp_path, [order(total="99.00")]), now=NOW)
    assert result.new == 1
    assert any("Total = Subtotal + Shipping + Taxes" in found.reason for found in result.notices)
    assert reading.order(shop, "#1001").total == 99


def test_two_orders_may_bear_one_number(shop, tmp_path):
    result = run(shop, file(tmp_path, [order(id="111"), order(id="222", email="b@example.com")]), now=NOW)
    assert (result.new, result.rejected) == (2, 0)


def test_two_shops_may_have_the_same_number(shop, tmp_path):
    path = file(tmp_path, [order()])
    run(shop, path, source="north", now=NOW)
    assert run(shop, path, source="south", now=NOW).new == 1


def test_an_order_first_known_by_its_number_adopts_its_id(shop, tmp_path):
    without = [c for c in COLUMNS_79 if c != "Id"]
    run(shop, file(tmp_path, [order()], without), now=NOW)
    again = run(shop, file(tmp_path, [order(id="777")]), now=NOW)
    assert (again.new, again.changed, again.same) == (0, 0, 1)
    changed = run(shop, file(tmp_path, [order(id="777", email="x@example.com")]), now=NOW)
    assert (changed.new, changed.changed) == (0, 1)
    assert run(shop, file(tmp_path, [order(email="x@example.com")], without), now=NOW).same == 1
    assert reading.order(shop, "#1001").source_id == "777"


def test_rows_of_an_order_that_do_not_stand_together_are_one_order(shop, tmp_path):
    rows = [order(subtotal="60.00", total="65.00"), order("#1002"), line(), order("#1003"), line()]
    result = run(shop, file(tmp_path, rows), now=NOW)
    assert (result.new, result.rejected, result.warnings) == (3, 0, 0)
    assert len(reading.order(shop, "#1001").lines) == 3


def test_a_bad_line_far_from_its_order_keeps_the_whole_order_out(shop, tmp_path):
    rows = [order(subtotal="50.00", total="55.00"), order("#1002"), line(lineitem_price="cheap")]
    result = run(shop, file(tmp_path, rows), now=NOW)
    assert (result.new, result.rejected, result.orders) == (1, 1, 1)
    assert [(found.row, found.column, found.value) for found in result.rejects] == [(4, "Lineitem price", "cheap")]


def test_an_order_that_stands_twice_counts_once(shop, tmp_path):
    result = run(shop, file(tmp_path, [order(), order("#1002"), order()]), now=NOW)
    assert (result.new, len(reading.order(shop, "#1001").lines)) == (2, 1)


def test_lines_without_their_order_are_rejected_with_a_hint(shop, tmp_path):
    result = run(shop, file(tmp_path, [line("#0999"), order()]), now=NOW)
    assert (result.new, result.rejected) == (1, 1)
    assert result.rejects[0].row == 2
    assert "is missing" in result.rejects[0].reason


def test_an_order_split_over_two_files_is_one_when_both_are_imported_together(shop, tmp_path):
    first = file(tmp_path, [order(subtotal="50.00", total="55.00")], name="a.csv")
    second = file(tmp_path, [line(), order("#1002")], name="b.csv")
    result = run(shop, [first, second], now=NOW)
    assert (result.new, result.rejected) == (2, 0)
    assert len(reading.order(shop, "#1001").lines) == 2


def test_a_copy_saved_by_a_french_spreadsheet_changes_nothing(shop, tmp_path):
    rows = [order(subtotal="60.00", total="65.00"), line(), line(lineitem_name="Été"), order("#1002")]
    run(shop, file(tmp_path, rows), now=NOW)
    money = [
        c for c in COLUMNS_79 if c in ("Subtotal", "Shipping", "Taxes", "Total") or c.endswith(("price", "Amount"))
    ]
    saved = [{c: v.replace(".", ",") if c in money else v for c, v in row.items()} for row in rows]
    path = tmp_path / "excel.csv"
    path.write_bytes(text(saved, delimiter=";").encode("cp1252"))
    again = run(shop, path, now=NOW)
    assert (again.new, again.changed, again.same, again.rejected) == (0, 0, 2, 0)
    assert any("cp1252" in found.reason for found in again.notices)


def test_dates_that_lost_their_seconds_and_offset_change_nothing(shop, tmp_path):
    run(
        shop,
        file(tmp_path, [order(paid_at="2024-03-01 10:00:25 +0100", created_at="2024-03-01 10:00:07 +0100")]),
        now=NOW,
    )
    saved = order(paid_at="01/03/2024 10:00", created_at="01/03/2024 10:00")
    path = tmp_path / "excel.csv"
    path.write_text(text([saved], delimiter=";"), encoding="utf-8")
    again = run(shop, path, now=NOW)
    assert (again.new, again.changed, again.same) == (0, 0, 1)


def test_numbers_that_a_spreadsheet_has_shortened_are_left_out(shop, tmp_path):
    path = tmp_path / "excel.csv"
    saved = order(id="6,86615E+12", phone="3,36108E+10", lineitem_sku="4E+12", shipping_phone="", billing_phone="")
    path.write_text(text([saved], delimiter=";").replace("45.00", "45,00"), encoding="utf-8")
    result = run(shop, path, now=NOW)
    found = reading.order(shop, "#1001")
    assert (found.phone, found.lines[0].sku, found.source_id) == ("", "", "#1001")
    assert sum("digits are lost" in one.reason for one in result.notices) == 3


def test_the_kind_of_a_line_follows_from_shipping_and_name(shop, tmp_path):
    found = imported(
        shop, tmp_path, order(subtotal="60.00", total="65.00"),
        line(lineitem_name="Gift Card", lineitem_requires_shipping="false"),
        line(lineitem_name="E-book", lineitem_requires_shipping="false"),
    )  # fmt: skip
    assert [one.kind for one in found.lines] == [Kind.PHYSICAL, Kind.GIFT_CARD, Kind.DIGITAL]


def test_a_fulfilled_order_has_one_parcel_without_a_number(shop, tmp_path):
    found = imported(shop, tmp_path, order(fulfillment_status="fulfilled", fulfilled_at="2024-03-02 08:00:00 +0100"))
    assert found.fulfilment_status is FulfilmentStatus.SHIPPED
    assert [(one.at, one.tracking_number) for one in found.shipments] == [(datetime(2024, 3, 2, 7), "")]
    assert found.lines[0].shipped == 2


def test_an_unknown_status_takes_the_cautious_one_and_keeps_the_word(shop, tmp_path):
    result = run(shop, file(tmp_path, [order(financial_status="on_the_moon")]), now=NOW)
    found = reading.order(shop, "#1001")
    assert found.payment_status is PaymentStatus.AWAITING_PAYMENT
    assert dict(found.source_status)["payment"] == "on_the_moon"
    assert any(one.value == "on_the_moon" for one in result.notices)


def test_the_export_of_transactions_is_not_taken_for_orders(shop, tmp_path):
    from services.errors import Invalid

    path = tmp_path / "transactions.csv"
    path.write_text("Order,Name,Kind,Gateway,Created At,Status,Amount,Currency\n1,#1,sale,x,2024,ok,1,EUR\n")
    with pytest.raises(Invalid, match="transactions"):
        run(shop, path, now=NOW)


def test_note_attributes_stand_in_the_timeline_and_in_the_raw_record_not_in_the_comment(shop, tmp_path):
    attributes = "Gift: yes\nEngraving: L\u00e9a, 12: \u00ab ok \u00bb"
    found = imported(shop, tmp_path, order(notes="Merci", note_attributes=attributes), line(note_attributes=""))
    assert found.customer_comment == "Merci"
    assert [event.reason for event in found.events] == [attributes]
    with shop.store.read() as read:
        assert json.loads(read.value("select raw from order_raws"))[0]["Note Attributes"] == attributes
