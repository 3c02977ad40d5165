"""One key for what every shop calls by another name."""

from decimal import Decimal

import pytest

from services.orders.payment_methods import is_offline, key_of, provider_of

TEN = Decimal(10)


@pytest.mark.parametrize(
    ("method_id", "label", "key"),
    [
        ("ppec_paypal", "", "paypal"),
        ("bacs", "Virement bancaire", "bank_transfer"),
        ("cod", "", "cash_on_delivery"),
        ("", "Paiement à la livraison", "cash_on_delivery"),
        ("", "Überweisung", "bank_transfer"),
        ("", "CHÈQUE", "cheque"),
        ("", "Espèces", "cash"),
        ("", "Carte bancaire", "card"),
        ("stripe_cc", "", "card"),
        ("", "Authorize.net", "card"),
        ("", "(for testing) Bogus Gateway", "test"),
        ("", "Sur facture", "manual"),
    ],
)
def test_a_method_is_known_under_the_names_that_shops_give_it(method_id: str, label: str, key: str) -> None:
    assert key_of(method_id, label, TEN) == key


def test_a_gift_card_is_not_taken_for_a_card() -> None:
    assert key_of("", "Gift Card", TEN) == "gift_card"
    assert key_of("", "Bon d’achat", TEN) == "gift_card"


def test_of_several_methods_the_first_that_is_no_gift_card_counts() -> None:
    assert key_of("", "Gift Card + PayPal", TEN) == "paypal"
    assert key_of("", "Carte cadeau", TEN) == "gift_card"


def test_short_names_count_only_as_whole_words() -> None:
    assert key_of("", "Checkout.com", TEN) == "checkout_com"
    assert key_of("", "Palma Bank", TEN) == "palma_bank"


def test_the_id_counts_before_the_label() -> None:
    assert key_of("cheque", "PayPal", TEN) == "cheque"


def test_a_method_we_do_not_know_keeps_its_own_words() -> None:
    assert key_of("", "Pay by Link", TEN) == "pay_by_link"
    assert key_of("", "会社払い", TEN) == "会社払い"


def test_nothing_said_is_free_when_nothing_was_to_pay_and_unknown_otherwise() -> None:
    assert key_of("", "", Decimal(0)) == "free"
    assert key_of("", "", TEN) == "unknown"
    assert key_of("", "☠", Decimal(0)) == "unknown"


def test_the_provider_is_kept_beside_the_key() -> None:
    assert provider_of("mollie_wc_gateway_ideal", "iDEAL") == "mollie"
    assert provider_of("", "Shopify Payments") == "shopify_payments"
    assert provider_of("bacs", "Virement") == ""


def test_offline_methods_are_those_where_the_customer_must_be_contacted() -> None:
    assert is_offline("bank_transfer")
    assert not is_offline("paypal")
