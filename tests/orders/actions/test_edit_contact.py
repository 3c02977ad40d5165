"""E-mail, name, phone, language and addresses of an order."""

import pytest

from services.errors import Conflict, Invalid
from services.orders.statuses import ActionName
from services.shop import Shop
from tests.orders.moving import changed, do, now, same, undo
from tests.orders.sample import draft, keep

EDIT = ActionName.EDIT_CONTACT


def test_only_what_is_given_changes(shop: Shop) -> None:
    [order] = keep(shop, draft())
    before = now(shop, order)
    answer = do(shop, order, EDIT, email="kaba@example.com", shipping_address={"city": "Paris", "country": "be"})
    assert changed(answer) == {
        "email": ("ines@example.com", "kaba@example.com"),
        "shipping_address.city": ("Lyon", "Paris"),
        "shipping_address.country": ("FR", "BE"),
    }
    kept = now(shop, order)
    assert (kept.shipping_address.line1, kept.country, kept.customer_key) == (
        "12 rue des Lilas",
        "BE",
        "kaba@example.com",
    )
    undo(shop, order, answer)
    assert same(now(shop, order), before)


def test_undo_leaves_a_field_that_somebody_changed_since(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mine = do(shop, order, EDIT, email="first@example.com", name="Inès K.")
    do(shop, order, EDIT, email="second@example.com")
    answer = undo(shop, order, mine)
    kept = now(shop, order)
    assert (kept.email, kept.name) == ("second@example.com", "Inès Kaba")
    assert answer.warnings == ("“email” was changed since and stays as it is.",)


def test_where_all_was_changed_since_there_is_nothing_to_undo(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mine = do(shop, order, EDIT, email="first@example.com")
    do(shop, order, EDIT, email="second@example.com")
    with pytest.raises(Conflict, match="Nothing is left to undo"):
        undo(shop, order, mine)


def test_an_empty_text_blanks(shop: Shop) -> None:
    [order] = keep(shop, draft(phone="06 12 34 56 78"))
    do(shop, order, EDIT, phone="")
    assert now(shop, order).phone == ""


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"email": "a@x,b@x"}, "email"),
        ({"email": "nobody"}, "email"),
        ({"language": "français"}, "language"),
        ({"shipping_address": {"country": "France"}}, "shipping_address.country"),
        ({"shipping_address": {"street": "x"}}, "shipping_address.street"),
        ({"billing_address": "12 rue"}, "billing_address"),
        ({"total": "1"}, "total"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(shop: Shop, given: dict[str, object], path: str) -> None:
    [order] = keep(shop, draft())
    with pytest.raises(Invalid) as raised:
        do(shop, order, EDIT, **given)
    assert set(raised.value.fields) == {path}


def test_the_same_again_changes_nothing(shop: Shop) -> None:
    [order] = keep(shop, draft())
    with pytest.raises(Conflict, match="Nothing changes"):
        do(shop, order, EDIT, email="ines@example.com")
