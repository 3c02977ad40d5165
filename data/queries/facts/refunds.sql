-- Grain: one row per refund of an order that matches, with the reason that was given for it: that of the event which
-- made it, else that of the order's latest event of its kind.
with reasons as (
    select order_id, arg_max(reason, happened_at) as reason
    from order_events
    where kind = $refunded and order_id in (select id from matched)
    group by order_id
),
refunds as (
    select
        m.*,
        coalesce(p.on_date, m.placed_on) as moved_on,
        coalesce(p.happened_at, m.placed_at) as moved_at,
        p.amount,
        coalesce(e.reason, r.reason, '') as refund_reason
    from matched m
    join payments p on p.order_id = m.id
    left join order_events e on e.id = p.event_id
    left join reasons r on r.order_id = m.id
    where p.voided_at is null and list_contains($given_back, p.kind)
)
select *, {day} as day, strftime({day}, '%Y-%m') as month, {moment} as moment
from refunds
