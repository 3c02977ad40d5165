"""Messages that should be there and are not, and messages that are there twice: from facts, not from memory.

A customer is expected to be told of what happened to their order here. Left out are orders that came from an import or
with the demo shop, orders without an address, muted ones, and steps at which somebody chose to tell nobody.
"""

from __future__ import annotations

from collections.abc import Mapping

from data.store import Reader, Row

LONGEST = 200  # rows that are listed

# one row per thing that a customer should have been told of; `about` is the parcel, where it is about one
_EXPECTED = """
    mine as (
        select id, placed_at, updated_at, payment_status, kinds from orders
        where placed_at >= $since and import_run_id is null and source <> $left_out and not is_muted and email <> ''
    ),
    expected as (
        select 'order_confirmation' as template, id as order_id, '' as about, placed_at as due_at
        from mine where $confirms and payment_status in (select unnest($paid))
        union all
        select 'order_shipped', s.order_id, s.id::varchar, s.happened_at
        from shipments s semi join mine m on m.id = s.order_id
        where $ships and s.happened_at >= $since and s.event_id is not null and s.voided_at is null
        union all
        select 'download_ready', id, '', updated_at
        from mine where payment_status in (select unnest($paid)) and list_contains(kinds, $digital)
    )
"""


def missing(read: Reader, asked: Mapping[str, object]) -> list[Row]:
    """What is missing, the newest first: template, order_id, number, name, email, `about` (a parcel's id or empty),
    due_at, and id and state of the newest message there is about it. `asked` as `services/messages/missing.py` makes
    it."""
    return read.rows(
        f"""
        -- one row per thing that a customer should have been told of and was not
        with {_EXPECTED},
        sent as (
            select id, order_id, template, dedupe_key, state, send_after from messages
            where happened_at >= $since and template in ('order_confirmation', 'order_shipped', 'download_ready')
        ),
        told as (
            select e.template, e.order_id, e.about, e.due_at,
                bool_or(coalesce(
                    s.state in (select unnest($good))
                        or (s.state in (select unnest($moving)) and s.send_after > $stuck), false)) as is_told,
                arg_max(s.id, s.id) as message_id, arg_max(s.state, s.id) as state
            from expected e
            left join sent s on s.order_id = e.order_id and s.template = e.template
                and (e.about = '' or contains(s.dedupe_key, e.about))
            where e.due_at < $before
            group by e.template, e.order_id, e.about, e.due_at
        ),
        lacking as (select * from told where not is_told),
        untold as (
            select v.order_id, v.made_json from order_events v
            where v.happened_at >= $since and contains(v.made_json, '"untold": true')
                and v.order_id in (select order_id from lacking)
        )
        select l.template, l.order_id, l.about, l.due_at, l.message_id, l.state, o.number, o.name, o.email
        from lacking l join orders o on o.id = l.order_id
        where not exists (
            select 1 from untold u where u.order_id = l.order_id and (l.about = '' or contains(u.made_json, l.about))
        )
        order by l.due_at desc limit {LONGEST}
        """,
        dict(asked),
    )


def once(read: Reader, asked: Mapping[str, object]) -> Row:
    """Figures over a period: `sent`, mails that the provider took; `doubled`, mails that it took once more although
    nobody asked for it, by the same key or by two acceptances of one; `open`, mails that should have left and did
    not."""
    row = read.one(
        """
        -- one row: mails taken by the provider, taken twice, and still owed
        with mails as (
            select id, state, dedupe_key, send_after from messages
            where happened_at >= $since and channel = $channel and template <> $test
        ),
        taken as (
            select e.message_id, count(*) filter (e.kind = $accepted) as count_taken,
                count(*) filter (e.kind = $retried) as count_asked
            from message_events e
            where e.happened_at >= $since and e.kind in ($accepted, $retried)
            group by e.message_id
        ),
        keys as (
            select dedupe_key, count(*) as count_mails from mails
            where state in (select unnest($left)) group by dedupe_key
        )
        select
            (select count(*) from mails where state in (select unnest($left))) as sent,
            (select coalesce(sum(count_mails - 1), 0) from keys where count_mails > 1)
                + (select coalesce(sum(t.count_taken - 1 - t.count_asked), 0) from taken t
                    semi join mails m on m.id = t.message_id where t.count_taken > 1 + t.count_asked) as doubled,
            (select count(*) from mails where state in (select unnest($lost))
                or (state in (select unnest($moving)) and send_after < $stuck)) as open
        """,
        dict(asked),
    )
    assert row is not None  # noqa: S101 - a line of sums
    return row


def proof(read: Reader, asked: Mapping[str, object], limit: int, offset: int) -> list[Row]:
    """Mails of a period with their proof, newest first: id, order, kind, recipient, state, when and under which number
    the provider took it."""
    return read.rows(
        """
        with found as (
            select id, order_id, template, recipient, subject, state, provider_id, happened_at from messages
            where happened_at >= $since and channel = $channel and template <> $test
            order by id desc limit $limit offset $offset
        ),
        taken as (
            select message_id, min(happened_at) as accepted_at from message_events
            where kind = $accepted and happened_at >= $since and message_id in (select id from found)
            group by message_id
        )
        select f.*, o.number as order_number, t.accepted_at
        from found f left join orders o on o.id = f.order_id left join taken t on t.message_id = f.id
        order by f.id desc
        """,
        {name: asked[name] for name in ("since", "channel", "test", "accepted")} | {"limit": limit, "offset": offset},
    )
