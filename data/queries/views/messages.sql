-- Mails and notifications, without what they say.
-- Grain: one row per message.
select
    m.id,
    m.order_id,
    m.event_id,
    m.happened_at,
    m.channel,
    m.template,
    m.language,
    m.recipient,
    m.sender,
    m.state,
    m.send_after,
    m.attempts,
    m.error,
    m.handed_at,
    m.updated_at
from shop.messages m
