"""One name and one sign for each status, in both languages."""

import pytest

from services import language
from services.orders import words
from services.orders.statuses import ActionName, EventKind, FulfilmentStatus, Kind, PaymentKind, PaymentStatus
from tests.messages.invented import line


def test_every_status_has_a_sign_of_its_own_shape() -> None:
    shapes = [words.sign(status).shape for status in (*PaymentStatus, *FulfilmentStatus)]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("speak", language.LANGUAGES)
def test_every_word_of_an_orders_life_has_a_name(speak: str) -> None:
    with language.use(speak):
        names = [words.payment_status(s) for s in PaymentStatus] + [
            words.fulfilment_status(s) for s in FulfilmentStatus
        ]
        assert len(set(names)) == len(names)
        assert all(words.action(action) for action in ActionName)
        assert all(words.event(kind) for kind in EventKind)
        assert all(words.payment_kind(kind) for kind in PaymentKind)
        assert all(words.kind(kind) for kind in Kind)


def test_the_french_is_a_merchants() -> None:
    with language.use("fr"):
        assert words.payment_status(PaymentStatus.AWAITING_PAYMENT) == "En attente de paiement"
        assert words.payment_status("paid") == "Payée"
        assert words.fulfilment_status(FulfilmentStatus.AWAITING_PROCESSING) == "À préparer"
        assert words.fulfilment_status(FulfilmentStatus.PROCESSING) == "En cours de traitement"
        assert words.fulfilment_status(FulfilmentStatus.SHIPPED) == "Expédiée"


def test_a_method_is_called_what_the_shop_calls_it() -> None:
    assert words.payment_method("bank_transfer", "Virement Crédit Agricole") == "Virement Crédit Agricole"
    assert words.payment_method("bank_transfer") == "Bank transfer"
    assert words.payment_method("pay_by_link") == "Pay by link"


def test_what_was_chosen_of_a_line_reads_as_the_language_writes_it() -> None:
    mug = line("Tasse", options=(("Taille", "M"), ("", "bleue")))
    assert words.options(mug) == "Taille: M · bleue"
    with language.use("fr"):
        assert words.options(mug) == "Taille\N{NO-BREAK SPACE}: M · bleue"
