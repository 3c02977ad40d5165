"""The event of each order that a run has changed."""

from __future__ import annotations

from datetime import datetime

from data import event_chain
from data.doors import EVENTS, Writer

# Columns of an order whose change is told in its event.
_TOLD = ("payment_status", "fulfilment_status", "total", "email", "name", "phone")


def tell_changed(write: Writer, *, now: datetime, event: str, actor: str, cause: str, reason: str = "") -> None:
    """One event per order of the temporary table `before`, which holds it as it was, with what changed of the columns
    that matter to people."""
    pairs = ", ".join(f"{{'name': '{name}', 'old': b.{name}::varchar, 'new': o.{name}::varchar}}" for name in _TOLD)
    write.execute(
        f"""
        create or replace temp table told_changes as
        with differences as (
            select b.id as order_id, list_filter([{pairs}], lambda x: x.old is distinct from x.new) as changes
            from before b join orders o on o.id = b.id
        )
        select uuidv7() as id, order_id, $now::timestamp as happened_at, $event as kind, $actor as actor,
            to_json(map_from_entries(list_transform(changes, lambda x: {{'k': x.name, 'v': x.old}})))::varchar
                as before_json,
            to_json(map_from_entries(list_transform(changes, lambda x: {{'k': x.name, 'v': x.new}})))::varchar
                as after_json,
            '{{}}' as made_json, $reason as reason, $cause as cause, null::uuid as undoes
        from differences
        """,
        {"now": now, "event": event, "actor": actor, "cause": cause, "reason": reason},
    )
    write.execute(f"insert into {EVENTS} by name from told_changes")
    event_chain.link(write, "told_changes")
    write.execute("drop table told_changes")
