"""Messages: each made once and sent once, none of what was undone."""

from __future__ import annotations

from data.checks.looking import twice

CHECKS: dict[str, str] = {
    "messages_are_made_once": twice("messages", "dedupe_key", "dedupe_key", "dedupe_key <> ''"),
    "reports_are_noted_once": twice(
        "message_events", "message_id, provider_event_id", "message_id", "provider_event_id <> ''"
    ),
    "pushes_belong_to_a_message": """
        select c.message_id::varchar as number from push_messages c anti join messages m on m.id = c.message_id
    """,
    "files_belong_to_a_message": """
        select c.message_id::varchar as number from message_attachments c anti join messages m on m.id = c.message_id
    """,
    "notes_belong_to_a_message": """
        select c.message_id::varchar as number from message_events c anti join messages m on m.id = c.message_id
    """,
    "what_was_undone_does_not_wait_to_be_sent": """
        select coalesce(o.number, m.id::varchar) as number from messages m
        semi join order_events u on u.undoes = m.event_id
        left join orders o on o.id = m.order_id
        where m.state = 'waiting'
    """,
    # once, and once more for each time that a person asked for it or that it is known not to have gone
    "messages_were_taken_once": """
        select coalesce(any_value(o.number), m.id::varchar) as number
        from messages m join message_events e on e.message_id = m.id left join orders o on o.id = m.order_id
        group by m.id
        having count(*) filter (e.kind = 'accepted') > 1 + count(*) filter (e.kind in ('retried', 'replaced'))
    """,
    "messages_that_left_were_tried": """
        select coalesce(o.number, m.id::varchar) as number from messages m left join orders o on o.id = m.order_id
        where m.state in ('accepted', 'unsure') and m.attempts < 1
    """,
    "messages_that_wait_are_in_nobodys_hands": """
        select coalesce(o.number, m.id::varchar) as number from messages m left join orders o on o.id = m.order_id
        where m.attempts < 0 or (m.attempts = 0 and m.handed_at is not null)
    """,
}
