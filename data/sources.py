"""All orders of one source at once: how many there are, and taking them out."""

from __future__ import annotations

from data import goods, stale
from data.intake import CHILDREN
from data.store import Reader, Writer


def count_of(read: Reader, source: str) -> int:
    """How many orders came from `source`."""
    return int(read.value("select count(*) from orders where source = ?", [source]))


def count_beside(read: Reader, source: str) -> int:
    """How many orders came from anywhere else."""
    return int(read.value("select count(*) from orders where source <> ?", [source]))


def remove(write: Writer, source: str) -> int:
    """Take every order of `source` out, with all that it holds and the messages about it; how many there were."""
    count = count_of(write, source)
    stale.mark(write, "source = ?", [source])
    chosen = "(select id from orders where source = ?)"
    for table in ("message_events", "push_messages"):
        write.execute(
            f"delete from {table} where message_id in (select id from messages where order_id in {chosen})", [source]
        )
    for table in (*CHILDREN, "order_cards", "search_terms", "messages"):
        write.execute(f"delete from {table} where order_id in {chosen}", [source])
    goods.remove_of(write, chosen, [source])
    write.execute("delete from orders where source = ?", [source])
    stale.forget(write)
    return count
