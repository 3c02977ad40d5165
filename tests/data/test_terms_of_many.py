"""Words of many orders at once are the words of each."""

from __future__ import annotations

from data import terms
from services import demo
from services.shop import Shop
from tests.conftest import NOW


def test_texts_taken_apart_once_give_the_words_that_each_order_s_texts_give(shop: Shop) -> None:
    demo.make(shop, 150, 1, None, NOW)
    with shop.store.read() as read:
        fresh = "with fresh as (select id from orders) select term, field, order_id::varchar as id from"
        texts = terms.texts_of_orders()
        each = read.tuples(f"{fresh} ({terms.words(texts)})")
        many = read.tuples(f"{fresh} ({terms.words_of_many(texts)})")
        kept = read.tuples("select term, field, order_id::varchar as id from search_terms")
    assert set(many) == set(each) == set(kept)
    assert 3_000 < len(each) < len(many) < len(each) * 1.1  # words that two texts of an order share
