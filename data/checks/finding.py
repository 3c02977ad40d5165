"""Finding: the words by which orders are found, and their cards, against what orders say."""

from __future__ import annotations

from collections.abc import Iterator

from data import cards, filling, terms
from data.checks.looking import Checked, Tally, found
from data.doors import Reader

WORDS = "orders_are_found_by_their_words"
NAMES = (WORDS,)

# Orders whose words are made again at once.
SLICE = 20_000

CHECKS: dict[str, str] = {
    # by the hash of the two texts: a million of them do not fit into the store's memory
    "orders_have_their_card": f"""
        select coalesce(o.number, c.order_id::varchar) as number
        from (select id, number, hash({cards.text(str)}) as card from orders) o
        full join (select order_id, hash(json(card)::varchar) as card from order_cards) c on c.order_id = o.id
        where o.card is distinct from c.card
    """,
    "orders_are_found_by_their_number": """
        select o.number from orders o
        anti join (select order_id from search_terms where field = 'number') t on t.order_id = o.id
        where o.number <> ''
    """,
}

# Two words of an order that are the same count once: an order's name and that on its address.
_DIFFERING = f"""
    with fresh as (select id from found_orders where slice = $slice),
    again as (
        select distinct order_id, hash(term, field) as word
        from ({terms.words_of_many(terms.texts_of_orders())})
    ),
    held as (
        select distinct order_id, word from held_words
        where order_id between $first::uuid and $last::uuid
    ),
    differing as (
        select order_id from ((from again except from held) union all (from held except from again)) group by order_id
    )
    select o.number, o.id from differing d join orders o on o.id = d.order_id
"""


def broken(read: Reader, size: int = SLICE) -> Iterator[Checked]:
    """The words of all orders made again, `size` orders at a time. While a shop is being filled its words wait."""
    tally = Tally(WORDS)
    if not filling.is_under_way(read):
        for params in _laid_out(read, size):
            tally.add(WORDS, *found(read, _DIFFERING, params))
    yield from tally.told()


def differing(read: Reader, size: int = SLICE) -> list[str]:
    """Ids of the orders that are found by other words than their own."""
    return [row["id"] for params in _laid_out(read, size) for row in read.rows(_DIFFERING, params)]


def _laid_out(read: Reader, size: int) -> Iterator[dict[str, object]]:
    """What `_DIFFERING` is asked for each slice of orders. `found_orders`: ids in slices. `held_words`: a hash of each
    word that the store holds, those of an order side by side."""
    read.tuples(
        "create or replace temp table found_orders as "
        f"select id, (row_number() over (order by id) - 1) // {size:d} as slice from orders"
    )
    read.tuples(
        "create or replace temp table held_words as "
        "select order_id, hash(term, field) as word from search_terms order by order_id"
    )
    # ids in the question itself, as those that it would have to find first cannot tell which rows to pass over
    for slice_, first, last in read.tuples(
        "select slice, min(id)::varchar, max(id)::varchar from found_orders group by slice order by slice"
    ):
        yield {"slice": slice_, "first": first, "last": last}
    read.tuples("drop table held_words")
