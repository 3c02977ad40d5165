"""The event of each order that a run has changed."""

from __future__ import annotations

from datetime import datetime

from data.doors import Writer

# Columns of an order whose change is told in its event.
_TOLD = ("payment_status", "fulfilment_status", "total", "email", "name", "phone")


def tell_changed(write: Writer, *, now: datetime, event: str, actor: str, cause: str, reason: str = "") -> None:
    """One event per order of the temporary table `before`, which holds it as it was, with what changed of the columns
    that matter to people."""
    pairs = ", ".join(f"{{'name': '{name}', 'old': b.{name}::varchar, 'new': o.{name}::varchar}}" for name in _TOLD)
    write.execute(
        f"""
        insert into order_events
            (id, order_id, happened_at, kind, actor, before_json, after_json, made_json, reason, cause)
        with differences as (
            select b.id as order_id, list_filter([{pairs}], lambda x: x.old is distinct from x.new) as changes
            from before b join orders o on o.id = b.id
        )
        select uuidv7(), order_id, $now, $event, $actor,
            to_json(map_from_entries(list_transform(changes, lambda x: {{'k': x.name, 'v': x.old}})))::varchar,
            to_json(map_from_entries(list_transform(changes, lambda x: {{'k': x.name, 'v': x.new}})))::varchar,
            '{{}}', $reason, $cause
        from differences
        """,
        {"now": now, "event": event, "actor": actor, "cause": cause, "reason": reason},
    )
