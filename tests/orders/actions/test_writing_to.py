"""A mail in the shop's own words, and a reminder of the payment: previewed like every other step."""

from dataclasses import replace

import pytest

from services.errors import Conflict, Invalid
from services.orders.statuses import ActionName
from services.shop import Shop
from tests.orders.moving import do, now, preview
from tests.orders.sample import draft, keep, unpaid

A = ActionName
TEXT = "Bonjour, voici notre IBAN.\n\nMerci <b>beaucoup</b>"


def test_the_customer_reads_what_the_merchant_wrote_and_nothing_on_the_order_changes(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1", payment_method="bank_transfer"))
    before = now(shop, order)
    [seen] = preview(shop, order, A.CONTACT_CUSTOMER, text=TEXT).messages
    assert "voici notre IBAN" in seen.text
    assert "<b>" not in seen.html
    answer = do(shop, order, A.CONTACT_CUSTOMER, text=TEXT)
    kept = now(shop, order)
    assert (answer.changes, kept.payment_status) == ((), before.payment_status)
    assert [(mail.template, mail.to) for mail in kept.messages] == [("contact_customer", "ines@example.com")]
    assert kept.events[-1].after == {"text": TEXT}


def test_written_twice_it_goes_twice(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    for _time in range(2):
        do(shop, order, A.CONTACT_CUSTOMER, text=TEXT)
    assert len(now(shop, order).messages) == 2


@pytest.mark.parametrize("changes", [{"email": ""}, {"is_muted": True}])
def test_without_anybody_to_write_to_it_is_refused(shop: Shop, changes: dict[str, object]) -> None:
    [order] = keep(shop, replace(unpaid("1"), **changes))  # type: ignore[arg-type]
    for action, params in ((A.CONTACT_CUSTOMER, {"text": "x"}), (A.REMIND_UNPAID, {})):
        assert preview(shop, order, action, **params).refused is not None
        with pytest.raises(Conflict, match="nobody to go to"):
            do(shop, order, action, **params)


def test_words_are_needed(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    with pytest.raises(Invalid):
        do(shop, order, A.CONTACT_CUSTOMER, text="  ")


def test_the_reminder_says_what_is_due_and_until_when(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    [mail] = do(shop, order, A.REMIND_UNPAID, until="2026-03-20").messages
    assert "48,90\xa0€" in mail.text
    assert "20 mars" in mail.text
    with pytest.raises(Invalid):
        do(shop, order, A.REMIND_UNPAID, until="soon")


def test_who_has_paid_or_cancelled_is_not_reminded(shop: Shop) -> None:
    paid, other = keep(shop, draft("1"), unpaid("2"))
    do(shop, other, A.CANCEL)
    for order in (paid, other):
        with pytest.raises(Conflict):
            do(shop, order, A.REMIND_UNPAID)
