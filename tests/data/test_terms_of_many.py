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
        each = read.rows(f"{fresh} ({terms.words(texts)}) order by all")
        many = read.rows(f"{fresh} ({terms.words_of_many(texts)}) order by all")
        kept = read.rows("select term, field, order_id::varchar as id from search_terms order by all")
    assert many == each == kept
    assert len(each) > 3_000
