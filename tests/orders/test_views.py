"""Views of the list are kept by name, with their counts."""

from __future__ import annotations

import pytest

from services.errors import Conflict, Invalid, NotFound
from services.orders import views
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep


def test_a_view_is_kept_counted_renamed_and_forgotten(any_shop: Shop) -> None:
    keep(any_shop, draft("1"), draft("2", payment_method="card", payment_method_label="Card"))
    first = views.keep(any_shop, " PayPal  orders ", "payment_method:paypal", MERCHANT, NOW)
    views.keep(any_shop, "All", "", MERCHANT, NOW)
    assert [(one.view.name, one.count) for one in views.counted(any_shop)] == [("PayPal orders", 1), ("All", 2)]
    views.rename(any_shop, first.id, "By PayPal")
    assert [view.name for view in views.every(any_shop)] == ["By PayPal", "All"]
    views.forget(any_shop, first.id)
    assert [view.name for view in views.every(any_shop)] == ["All"]


def test_a_name_stands_for_one_view(shop: Shop) -> None:
    views.keep(shop, "Été", "month:2026-07", MERCHANT, NOW)
    with pytest.raises(Conflict, match="already a view called “été”"):
        views.keep(shop, "été", "", MERCHANT, NOW)


@pytest.mark.parametrize(("name", "query"), [(" ", ""), ("x" * 81, ""), ("March", "month:2026-13")])
def test_what_does_not_fit_is_not_kept(shop: Shop, name: str, query: str) -> None:
    with pytest.raises(Invalid):
        views.keep(shop, name, query, MERCHANT, NOW)
    assert views.every(shop) == []


def test_a_view_that_is_gone_cannot_be_renamed(shop: Shop) -> None:
    with pytest.raises(NotFound):
        views.rename(shop, "nothing", "x")
