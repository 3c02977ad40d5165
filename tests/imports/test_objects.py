"""Orders as JSON: Shopify, WooCommerce and Ecwid, in shapes of our own invention."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from services.imports.runs import run
from services.orders import reading
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus
from tests.conftest import NOW

SHOPIFY = {
    "id": 77, "name": "#2001", "created_at": "2024-05-01T09:00:00+02:00", "updated_at": "2024-05-02T09:00:00+02:00",
    "currency": "EUR", "email": "lea@example.com", "financial_status": "paid", "fulfillment_status": None,
    "total_price": "30.00", "subtotal_price": "25.00", "total_discounts": "5.00", "total_tax": "0.00",
    "taxes_included": True, "total_outstanding": "0.00", "customer_locale": "fr", "tags": "vip, gift",
    "payment_gateway_names": ["shopify_payments"], "discount_codes": [{"code": "FIVE"}],
    "line_items": [
        {"id": 1, "name": "Bol", "price": "10.00", "quantity": 2, "sku": "B", "requires_shipping": True},
        {"id": 2, "name": "Carte", "price": "10.00", "quantity": 1, "gift_card": True, "requires_shipping": False},
    ],
    "shipping_lines": [{"title": "Colissimo", "price": "5.00"}],
    "fulfillments": [], "refunds": [],
}  # fmt: skip

WOO = {
    "id": 9, "number": "A-9", "status": "processing", "currency": "EUR", "order_key": "k",
    "date_created": "2024-05-01T11:00:00", "date_created_gmt": "2024-05-01T09:00:00",
    "date_modified_gmt": "2024-05-01T10:00:00", "date_paid_gmt": "2024-05-01T09:01:00", "total": "26.40",
    "total_tax": "4.40", "payment_method": "bacs", "payment_method_title": "Virement",
    "billing": {"first_name": "Léa", "last_name": "Petit", "email": "lea@example.com", "country": "FR"},
    "shipping": {"first_name": "Léa", "last_name": "Petit", "country": "FR"},
    "line_items": [
        {"id": 1, "name": "Bol &ndash; Bleu", "quantity": 3, "subtotal": "20.00", "total": "17.00",
         "total_tax": "3.40", "price": 5.666666666, "meta_data": [{"key": "pa_color", "value": "bleu"},
                                                                  {"key": "_hidden", "value": "x"}]},
    ],
    "shipping_lines": [{"method_title": "Flat", "total": "5.00"}],
    "fee_lines": [], "coupon_lines": [{"code": "THREE"}], "refunds": [],
}  # fmt: skip

ECWID = {
    "id": "K8XTQ", "internalId": 55, "orderNumber": 55, "subtotal": 20, "total": 24.5, "tax": 0,
    "paymentStatus": "PAID", "fulfillmentStatus": "SHIPPED", "createTimestamp": 1714546800, "email": "lea@example.com",
    "paymentMethod": "PayPal", "trackingNumber": "#☠1☢", "lang": "fr", "couponDiscount": 0, "discount": 0,
    "items": [{"name": "Bol", "price": 10, "quantity": 2, "sku": "B", "isShippingRequired": True,
               "selectedOptions": [{"name": "Taille", "value": "M"}]}],
    "shippingOption": {"shippingMethodName": "Poste", "shippingRate": 4.5},
    "shippingPerson": {"name": "Léa Petit", "street": "1 rue A\nBât. B", "city": "Brest", "countryCode": "FR"},
    "privateAdminNotes": "Call first",
}  # fmt: skip


def write(folder, content, name="orders.json"):
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "content,format,count",
    [
        ({"order": SHOPIFY}, "shopify", 1),
        ({"orders": [SHOPIFY, {**SHOPIFY, "id": 78}]}, "shopify", 2),
        (SHOPIFY, "shopify", 1),
        ([SHOPIFY], "shopify", 1),
        (WOO, "woocommerce", 1),
        ([WOO, {**WOO, "id": 10}], "woocommerce", 2),
        ({"create": [WOO], "update": [{**WOO, "id": 10}], "delete": [11]}, "woocommerce", 2),
        (ECWID, "ecwid", 1),
        ({"total": 1, "count": 1, "offset": 0, "limit": 100, "items": [ECWID]}, "ecwid", 1),
    ],
)
def test_each_shape_is_recognised_and_comes_in_once(shop, tmp_path, content, format, count):
    path = write(tmp_path, content)
    first, again = run(shop, path, now=NOW), run(shop, path, now=NOW)
    assert (first.format, first.new, first.rejected) == (format, count, 0)
    assert (again.new, again.changed, again.same) == (0, 0, count)


def test_a_shopify_order_spreads_its_discount_and_knows_its_kinds(shop, tmp_path):
    run(shop, write(tmp_path, SHOPIFY), now=NOW)
    found = reading.order(shop, "#2001")
    assert (found.subtotal, found.discount, found.shipping_fee, found.total, found.paid) == (30, 5, 5, 30, 30)
    assert [line.kind for line in found.lines] == [Kind.PHYSICAL, Kind.GIFT_CARD]
    assert sum(line.discount for line in found.lines) == 5
    assert (found.language, found.tags, found.coupons) == ("fr", ("vip", "gift"), ("FIVE",))


def test_only_a_fulfilment_that_succeeded_has_left(shop, tmp_path):
    inside = [{"id": 1, "quantity": 2}]
    parcels = [
        {"id": 5, "status": "failure", "tracking_numbers": ["NO"], "line_items": inside},
        {"id": 6, "status": "success", "tracking_numbers": ["YES"], "line_items": inside, "tracking_company": "DHL"},
    ]
    run(shop, write(tmp_path, {**SHOPIFY, "fulfillment_status": "fulfilled", "fulfillments": parcels}), now=NOW)
    found = reading.order(shop, "#2001")
    assert [one.tracking_number for one in found.shipments] == ["YES"]
    assert (found.fulfilment_status, found.lines[0].shipped) == (FulfilmentStatus.SHIPPED, 2)


def test_an_authorisation_is_no_money_and_a_capture_is(shop, tmp_path):
    made = [
        {"id": 1, "kind": "authorization", "status": "success", "amount": "30.00", "gateway": "stripe"},
        {"id": 2, "kind": "capture", "status": "success", "amount": "20.00", "gateway": "stripe"},
        {"id": 3, "kind": "sale", "status": "failure", "amount": "30.00", "message": "card declined"},
        {"id": 4, "kind": "refund", "status": "success", "amount": "5.00", "gateway": "stripe"},
    ]
    run(shop, write(tmp_path, {**SHOPIFY, "financial_status": "partially_refunded", "transactions": made}), now=NOW)
    found = reading.order(shop, "#2001")
    assert (found.paid, found.refunded, found.payment_message) == (20, 5, "card declined")


def test_an_older_object_never_overwrites_a_newer_one(shop, tmp_path):
    older = {**SHOPIFY, "updated_at": "2024-05-01T09:00:00+02:00", "email": "old@example.com"}
    run(shop, write(tmp_path, SHOPIFY), now=NOW)
    result = run(shop, write(tmp_path, older), now=NOW)
    assert (result.changed, result.same) == (0, 1)
    assert reading.order(shop, "#2001").email == "lea@example.com"


def test_of_one_order_twice_in_a_file_the_newest_counts(shop, tmp_path):
    older = {**SHOPIFY, "updated_at": "2024-05-01T09:00:00+02:00", "email": "old@example.com"}
    run(shop, write(tmp_path, {"orders": [SHOPIFY, older]}), now=NOW)
    assert reading.order(shop, "#2001").email == "lea@example.com"


def test_a_part_of_an_order_never_makes_one(shop, tmp_path):
    result = run(shop, write(tmp_path, {"orders": [{"id": 77, "name": "#2001", "total_price": "30.00"}]}), now=NOW)
    assert (result.new, result.rejected, result.warnings) == (0, 0, 1)


def test_drafts_and_checkouts_are_left_out_and_counted(shop, tmp_path):
    result = run(shop, write(tmp_path, {"draft_orders": [{"id": 1, "name": "#D1", "status": "open",
                                                          "invoice_sent_at": None}]}), now=NOW)  # fmt: skip
    assert (result.new, result.rejected, sum(result.left_out.values())) == (0, 0, 1)


def test_a_woocommerce_order_divides_its_own_sums_and_never_the_float(shop, tmp_path):
    run(shop, write(tmp_path, WOO), now=NOW)
    found = reading.order(shop, "A-9")
    [line] = found.lines
    assert (line.name, line.unit_price, line.discount, line.total) == ("Bol – Bleu", Decimal("6.667"), 3, 17)
    assert line.options == (("pa_color", "bleu"),)
    assert (found.subtotal, found.discount, found.tax, found.total, found.tax_included) == (
        20, 3, Decimal("4.4"), Decimal("26.4"), False,
    )  # fmt: skip
    assert (found.payment_status, found.fulfilment_status, found.payment_method) == (
        PaymentStatus.PAID, FulfilmentStatus.AWAITING_PROCESSING, "bank_transfer",
    )  # fmt: skip


@pytest.mark.parametrize(
    "word,payment,fulfilment",
    [
        ("pending", "awaiting_payment", "awaiting_processing"),
        ("wc-on-hold", "paid", "on_hold"),
        ("failed", "awaiting_payment", "awaiting_processing"),
        ("completed", "paid", "delivered"),
        ("cancelled", "paid", "will_not_deliver"),
        ("refunded", "refunded", "will_not_deliver"),
        ("waiting-for-moon", "paid", "awaiting_processing"),
    ],
)
def test_the_one_word_of_woocommerce_becomes_two(shop, tmp_path, word, payment, fulfilment):
    run(shop, write(tmp_path, {**WOO, "status": word}), now=NOW)
    found = reading.order(shop, "A-9")
    assert (found.payment_status, found.fulfilment_status) == (payment, fulfilment)


def test_a_refund_of_a_part_makes_the_order_partially_refunded(shop, tmp_path):
    run(shop, write(tmp_path, {**WOO, "refunds": [{"id": 4, "refund": "broken", "total": "-6.40"}]}), now=NOW)
    found = reading.order(shop, "A-9")
    assert (found.payment_status, found.paid, found.refunded) == (
        PaymentStatus.PARTIALLY_REFUNDED, Decimal("26.4"), Decimal("6.4"),
    )  # fmt: skip


def test_carts_of_woocommerce_are_left_out(shop, tmp_path):
    result = run(shop, write(tmp_path, [WOO, {**WOO, "id": 10, "status": "checkout-draft"}]), now=NOW)
    assert (result.new, result.left_out) == (1, {"checkout-draft": 1})


def test_an_ecwid_order_takes_the_shops_currency_and_one_parcel(shop, tmp_path):
    result = run(shop, write(tmp_path, ECWID), now=NOW)
    found = reading.order(shop, "K8XTQ")
    assert (found.source_id, found.currency, found.total) == ("55", "EUR", Decimal("24.5"))
    assert [one.tracking_number for one in found.shipments] == ["#☠1☢"]
    assert (found.shipping_address.line1, found.shipping_address.line2) == ("1 rue A", "Bât. B")
    assert [note.text for note in found.notes] == ["Call first"]
    assert any("currency" in one.reason for one in result.notices)


def test_a_gift_card_in_ecwid_is_a_payment_of_its_own(shop, tmp_path):
    paid = {**ECWID, "total": 14.5, "totalBeforeGiftCardRedemption": 24.5, "giftCardRedemption": 10}
    run(shop, write(tmp_path, paid), now=NOW)
    found = reading.order(shop, "K8XTQ")
    assert (found.total, found.paid, found.due) == (Decimal("24.5"), Decimal("24.5"), 0)
    assert [one.kind for one in found.payments] == [PaymentKind.GIFT_CARD, PaymentKind.CHARGE]


def test_one_faulty_object_costs_one_order(shop, tmp_path):
    result = run(shop, write(tmp_path, {"orders": [SHOPIFY, {**SHOPIFY, "id": 78, "total_price": "x"}, 7]}), now=NOW)
    assert (result.new, result.rejected) == (1, 2)
    assert (result.rejects[0].row, result.rejects[0].column) == (2, "total_price")


def test_half_a_character_in_json_is_replaced_not_fatal(shop, tmp_path):
    path = tmp_path / "orders.json"
    path.write_text(json.dumps(SHOPIFY).replace('"Bol"', '"Bol \\ud83d"'), encoding="utf-8")
    assert run(shop, path, now=NOW).new == 1
    assert reading.order(shop, "#2001").lines[0].name.startswith("Bol ")


def sparse(**fields: object) -> dict[str, object]:
    return {"id": 77, "name": "#2001", **fields}


def test_a_part_of_an_order_changes_the_order_that_the_shop_knows(shop, tmp_path):
    run(shop, write(tmp_path, {"orders": [SHOPIFY]}), now=NOW)
    before = reading.order(shop, "#2001")
    part = write(tmp_path, {"orders": [sparse(financial_status="refunded", note="Call first")]}, "part.json")
    told = run(shop, part, now=NOW)
    assert (told.new, told.changed, told.rejected) == (0, 1, 0)
    after = reading.order(shop, "#2001")
    assert (after.payment_status, after.customer_comment) == ("refunded", "Call first")
    assert (after.id, after.total, after.email, after.lines) == (before.id, before.total, before.email, before.lines)
    again = run(shop, part, now=NOW)
    assert (again.new, again.changed, again.same) == (0, 0, 1)


def test_a_part_of_an_order_that_is_not_known_makes_none(shop, tmp_path):
    told = run(shop, write(tmp_path, {"orders": [sparse(note="Call first")]}), now=NOW)
    assert (told.orders, [found.order_number for found in told.notices]) == (0, ["#2001"])


def test_a_part_counts_less_than_the_whole_order_in_the_same_file(shop, tmp_path):
    run(shop, write(tmp_path, {"orders": [SHOPIFY]}), now=NOW)
    both = write(tmp_path, {"orders": [SHOPIFY, sparse(note="Call first")]}, "both.json")
    told = run(shop, both, now=NOW)
    assert (told.same, told.changed, [found.order_number for found in told.notices]) == (1, 0, ["#2001"])


def test_note_attributes_of_an_order_object_stand_in_the_timeline(shop, tmp_path):
    noted = {**SHOPIFY, "note": "Merci", "note_attributes": [{"name": "Gift", "value": "yes"}]}
    run(shop, write(tmp_path, {"order": noted}), now=NOW)
    found = reading.order(shop, "#2001")
    assert (found.customer_comment, found.events[0].reason) == ("Merci", "Gift: yes")
