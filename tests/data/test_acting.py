"""The quick way to the words of a plain text finds what the store's own way finds."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import terms
from data.acting import plain_words
from services.shop import Shop

plain = st.text(st.characters(min_codepoint=1, max_codepoint=126), min_size=1, max_size=100)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(plain, min_size=1, max_size=8), field=st.sampled_from(["note", "tracking", "tag", "email"]))
def test_plain_words_are_the_words_of_the_store(shop: Shop, texts: list[str], field: str) -> None:
    asked = "select unnest($n) as order_id, $field as field, unnest($texts) as text"
    with shop.store.read() as read:
        rows = read.rows(terms.words(asked), {"n": list(range(len(texts))), "field": field, "texts": texts})
    for n, text in enumerate(texts):
        assert plain_words(field, text) == {row["term"] for row in rows if row["order_id"] == n}
