-- What happened to orders, and who did it.
-- Grain: one row per event of an order.
select
    e.id,
    e.order_id,
    e.happened_at,
    timezone($zone, timezone('UTC', e.happened_at)) as happened_local,
    e.kind,
    e.actor,
    e.reason,
    e.cause,
    e.undoes
from shop.order_events e
