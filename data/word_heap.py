"""Words of many orders, kept aside until all are there, then put in as one run in order.

A beginning of a word is then looked for in one place. Words in many runs make every search slower, and to sort each
run and all of them again costs twice.
"""

from __future__ import annotations

from data import maintenance, terms
from data.doors import Writer

# What the words of incoming orders are taken from: the incoming relations under the names of the store's tables.
_ELSEWHERE = ("order_lines", "payments", "shipments", "order_notes")


def start(write: Writer) -> None:
    """Make the heap, in a temporary table of the writer's connection."""
    write.execute("create or replace temp table heaped_words as from search_terms limit 0")


def add(write: Writer, fresh: str, is_stored: bool) -> None:
    """Heap the words of orders. They are taken from the relation `fresh` of their rows and from the relations
    `incoming_*`, or from the store when that holds more of them, and `fresh` needs only give their ids."""
    question = terms.words_of_many(terms.texts_of_orders())
    tables = [f"fresh as (select id from {fresh})"]
    if not is_stored:
        tables.append(f"orders as not materialized (from {fresh})")
        tables += [
            f"{name} as not materialized (select * replace (order_id::uuid as order_id), null as voided_at "
            f"from incoming_{name})"
            for name in _ELSEWHERE
        ]
    write.execute(
        f"insert into heaped_words (term, field, order_id) with {', '.join(tables)} select * from ({question})"
    )


def put_in(write: Writer) -> None:
    """Put the heap into the store, and end it."""
    is_first = write.value("select 1 from search_terms limit 1") is None
    write.execute("insert into search_terms (term, field, order_id) select * from heaped_words order by term")
    if is_first:
        maintenance.note_sorted(write, int(write.value("select count(*) from heaped_words")))
    write.execute("drop table heaped_words")
