"""What a payment provider's no means, in words that help; never more than a customer should hear."""

import re

import pytest

from services.language import use
from services.orders import failures
from services.orders.failure_codes import CODES, FIGURES, Reason

R = Reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("insufficient_funds", R.INSUFFICIENT_FUNDS),
        ("card_declined (insufficient_funds)", R.INSUFFICIENT_FUNDS),  # the telling word counts
        ("Your card has insufficient funds.", R.INSUFFICIENT_FUNDS),
        ("Not enough balance", R.INSUFFICIENT_FUNDS),
        ("card_declined", R.DECLINED),
        ("Your card was declined.", R.DECLINED),
        ("expired_card", R.EXPIRED_CARD),
        ("The card has expired.", R.EXPIRED_CARD),
        ("La carte est expirée.", R.EXPIRED_CARD),
        ("do_not_honor", R.ASK_THE_BANK),
        ("2000: Do Not Honor", R.ASK_THE_BANK),
        ("payment_intent_authentication_failure", R.NOT_AUTHENTICATED),
        ("3D Not Authenticated", R.NOT_AUTHENTICATED),
        ("3-D Secure failed", R.NOT_AUTHENTICATED),
        ("authentication_required", R.AUTHENTICATION_NEEDED),
        ("INSTRUMENT_DECLINED", R.OTHER_MEANS),
        ("PAYER_ACTION_REQUIRED", R.PAYER_ACTION),
        ("TRANSACTION_REFUSED", R.DECLINED),
        ("invalid_cvv", R.WRONG_SECURITY_CODE),
        ("refused_by_issuer", R.ASK_THE_BANK),
        ("possible_fraud", R.SUSPECTED_FRAUD),
        ("Refused", R.DECLINED),
        ("AM04", R.INSUFFICIENT_FUNDS),
        ("51", R.INSUFFICIENT_FUNDS),
        ("Response code 54", R.EXPIRED_CARD),
        ("Session expired", R.TIMED_OUT),
        ("canceled", R.CANCELLED_BY_CUSTOMER),
        ("stolen_card", R.LOST_OR_STOLEN),
    ],
)
def test_the_usual_codes_of_the_providers_are_known(text: str, reason: Reason) -> None:
    assert failures.reason_of(text) is reason


@pytest.mark.parametrize("text", ["", "Order 51 was late", "quite another thing", "9999", "<b>"])
def test_what_nobody_knows_is_left_as_it_came(text: str) -> None:
    assert failures.reason_of(text) is None
    assert failures.explained(text) == ""


def test_every_code_leads_to_its_reason_or_one_that_says_more() -> None:
    order = list(Reason)
    assert list(CODES) == order
    for reason, names in CODES.items():
        for name in names:
            found = failures.reason_of(name)
            assert found is not None
            assert order.index(found) <= order.index(reason), name


def test_codes_stand_as_texts_are_read() -> None:
    for name in (name for names in CODES.values() for name in names):
        assert re.fullmatch("[a-z0-9]+( [a-z0-9]+)*", name), name


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_reason_has_its_sentence_in_both_languages(language: str) -> None:
    with use(language):
        told = [failures.explained(CODES[reason][0]) for reason in Reason]
    assert all(told)
    assert len(set(told)) == len(told)
    assert set(FIGURES.values()) <= set(Reason)


@pytest.mark.parametrize("text", ["stolen_card", "fraudulent", "restricted_card", "PAYER_ACCOUNT_RESTRICTED", "x-77"])
def test_a_customer_is_not_told_what_only_the_shop_should_know(text: str) -> None:
    told = failures.for_customer(text)
    assert told == "The payment was declined. The bank that issued the card or holds the account can say why."


def test_a_customer_is_told_what_helps() -> None:
    assert "expired" in failures.for_customer("expired_card")
