"""The payment section of an order: what came, what failed in plain words, what is due, and the steps that fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from services.orders import reading, taking
from services.orders.draft import DraftPayment
from services.orders.statuses import ActionName, PaymentKind, PaymentStatus
from services.people import API
from services.shop import Shop
from tests.orders.moving import do
from tests.orders.sample import NOW, draft, keep, unpaid
from tests.orders.test_taking import body
from tests.pages.drawn import given, shown_html
from tests.pages.test_order import button, opened


def keys(app: object) -> set[str]:
    return {one.key for one in app.button if str(one.key).startswith(("pay_", "doubled_"))}  # type: ignore[attr-defined]


def test_a_failed_attempt_is_explained_beside_what_the_provider_said(shop: Shop) -> None:
    failed = DraftPayment(PaymentKind.FAILURE, draft().total, NOW, failure_reason="card_declined: insufficient_funds")
    told = unpaid("1", payments=(failed,), payment_message="card_declined: insufficient_funds")
    text = shown_html(opened(keep(shop, told)[0]))
    assert "There is not enough money on the account." in text
    assert text.count("The provider said: “card_declined: insufficient_funds”") == 1  # not said twice on one card
    french = shown_html(opened(keep(shop, replace(told, number="2", source_id="2"))[0], language="fr"))
    assert "Le compte n’est pas assez approvisionné." in french


def test_what_nobody_knows_is_shown_as_it_came_and_as_text(shop: Shop) -> None:
    text = shown_html(opened(keep(shop, unpaid("1", payment_message="<script>x</script> 777"))[0]))
    assert "&lt;script&gt;x&lt;/script&gt; 777" in text
    assert "<script>" not in text


def test_an_offline_payment_offers_the_phone_and_a_mail_that_is_read_before_it_goes(shop: Shop) -> None:
    order = keep(shop, unpaid("1", payment_method="bank_transfer", phone="+33 6 12 34 56 78"))[0]
    app = opened(order)
    assert "href='tel:+33612345678'" in shown_html(app)
    app = button(app, "pay_contact_customer")
    assert "votre paiement de 48,90" in app.text_area(key="sheet_text").value  # in the customer's language
    app.text_area(key="sheet_text").input("Voici notre IBAN.").run()
    assert "Voici notre IBAN." in given(app, "mail")["html"]
    button(app, "sheet_do")
    assert [mail.template for mail in reading.order(shop, order).messages] == ["contact_customer"]


def test_held_money_is_captured_or_let_go(shop: Shop) -> None:
    held = DraftPayment(PaymentKind.AUTHORISATION, Decimal("48.90"), NOW)
    order = keep(shop, unpaid("1", payment_status=PaymentStatus.AUTHORISED, payments=(held,)))[0]
    app = opened(order)
    assert "The provider holds the money" in shown_html(app)
    assert {"pay_capture", "pay_void_authorisation"} <= keys(app)
    app = button(app, "pay_capture")
    app.text_input(key="sheet_amount").input("20,00").run()  # as a French hand types it
    button(app, "sheet_do")
    assert reading.order(shop, order).paid == Decimal("20.00")


def test_money_on_a_cancelled_order_is_to_give_back(shop: Shop) -> None:
    order = keep(shop, draft())[0]
    do(shop, order, ActionName.CANCEL)
    text = shown_html(opened(order))
    assert "The shop still holds €48.90 of this cancelled order: give it back." in text


def test_what_was_paid_too_much_is_proposed_for_the_refund_and_never_less_than_nothing(shop: Shop) -> None:
    paid = DraftPayment(PaymentKind.CHARGE, Decimal("50.00"), NOW)
    order = keep(shop, draft(payments=(paid,)))[0]
    app = opened(order)
    assert "The customer paid €1.10 more than the order costs: give it back." in shown_html(app)
    app = button(app, "pay_refund")
    assert app.text_input(key="sheet_amount").value == "1.10"
    button(app, "sheet_do")
    assert reading.order(shop, order).refunded == Decimal("1.10")


def test_lines_go_back_with_their_shipping(shop: Shop) -> None:
    order = keep(shop, draft())[0]
    app = button(opened(order), "pay_refund")
    app.checkbox(key="sheet_part").check().run()
    app.checkbox(key="sheet_shipping").check().run()
    button(app, "sheet_do")
    assert reading.order(shop, order).refunded == Decimal("48.90")


def test_an_order_that_looks_doubled_proposes_to_cancel_it_or_let_it_go(shop: Shop) -> None:
    paid = body(payment_status="paid")
    first = taking.take(shop, paid, API, None, NOW).order
    second = taking.take(shop, paid, API, None, NOW + timedelta(minutes=2)).order
    app = opened(second.id)
    text = shown_html(app)
    assert "Looks like order #1" in text
    assert f"?id={first.id}" in text
    assert {"doubled_cancel", "doubled_release"} <= keys(app)
    button(app, "doubled_release")
    assert reading.order(shop, second.id).tags == ()
    assert not {"doubled_cancel", "doubled_release"} & keys(opened(second.id))
