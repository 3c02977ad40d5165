-- Grain: one row per refund of an order that matches, with the reason that was given for it.
with refunds as (
    select
        m.*,
        coalesce(p.on_date, m.placed_on) as moved_on,
        coalesce(p.happened_at, m.placed_at) as moved_at,
        p.amount,
        coalesce(e.reason, '') as refund_reason
    from matched m
    join payments p on p.order_id = m.id
    left join order_events e on e.id = p.event_id
    where p.voided_at is null and list_contains($given_back, p.kind)
)
select *, {day} as day, strftime({day}, '%Y-%m') as month, {moment} as moment
from refunds
