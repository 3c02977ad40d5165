"""The store's two doors, on both homes."""

from __future__ import annotations

from services.shop import Shop


def test_a_fresh_shop_has_no_orders(any_shop: Shop) -> None:
    with any_shop.store.read() as read:
        assert read.value("select count(*) from orders") == 0
