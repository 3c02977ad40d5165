"""Keeping a store fast: words sorted again; on a shared store what `data/lake_upkeep.py` does.

Nothing here changes what the store says, and nothing holds the writers for longer than a moment: on a file the sorting
is done beside them, on a shared store each table has its own turn.
"""

from __future__ import annotations

import logging
from datetime import datetime

from data import lake_upkeep
from data.doors import Writer
from data.errors import StoreError
from data.sentences import engine_errors
from data.store import Store

log = logging.getLogger("comptoir.store")

# Words in the unsorted tail that make it worth sorting them in: as many as this, and this share of all.
TAIL = 200_000
SHARE = 0.1

# The setting that holds how many words were in order at last.
_MARK = "sorted_words"

_CONTENT = "select count(*) as rows, bit_xor(hash(term, field, order_id)) as content from search_terms"


def tend(store: Store, now: datetime) -> list[str]:
    """Do what is due; the names of what was done. Call it now and then (the worker does, when it has nothing to send).
    What cannot be done just now is left for the next time."""
    try:
        return lake_upkeep.tend(store, store.catalogue, now) if store.catalogue else _tend_file(store)
    except StoreError as error:
        log.warning("Maintenance was left for later: %s", error)
        return []


def sort_words(store: Store) -> bool:
    """Write `search_terms` anew in the order of its words, beside the writers; the swap at the end takes their turn for
    as long as it takes to see that nobody changed the words meanwhile. False when somebody did: nothing was done."""
    with store.session() as con, engine_errors():
        con.begin()
        write = Writer(con)
        seen = write.one(_CONTENT)
        write.execute("create or replace table sorted_terms as from search_terms order by term, field, order_id")
        con.commit()
    with store.write() as write:
        is_same = write.one(_CONTENT) == seen
        if is_same:
            write.execute("drop table search_terms")
            write.execute("alter table sorted_terms rename to search_terms")
            note_sorted(write, int(seen["rows"]) if seen else 0)
        else:
            write.execute("drop table sorted_terms")
    return is_same


def _tend_file(store: Store) -> list[str]:
    done = []
    if _is_tail_long(store) and sort_words(store):
        done.append("sorted the words")
    with store.session() as con, engine_errors():
        con.execute("checkpoint")
    return [*done, "wrote the log into the file"]


def _is_tail_long(store: Store) -> bool:
    with store.read() as read:
        rows = int(read.value("select count(*) from search_terms"))
        in_order = int(read.value("select max(value_json) from settings where name = ?", [_MARK]) or 0)
    return rows - in_order > max(TAIL, int(in_order * SHARE))


def note_sorted(write: Writer, rows: int) -> None:
    """Keep in mind that so many words, all that there are, lie in order."""
    write.execute("delete from settings where name = ?", [_MARK])
    write.execute(
        "insert into settings (name, value_json, updated_at, actor) values (?, ?, now() at time zone 'UTC', 'system')",
        [_MARK, str(rows)],
    )
