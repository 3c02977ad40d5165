-- Grain: one row per order that matches and is not over, with the days of the shop's calendar since its statuses last
-- changed, else since it was placed.
with open_orders as (
    select *
    from matched
    where list_contains($unfinished_payments, payment_status)
        and list_contains($unfinished_fulfilments, fulfilment_status)
),
moved as (
    select order_id, max(happened_at) as moved_at
    from order_events
    where {gave_a_status} and order_id in (select id from open_orders)
    group by order_id
),
since as (
    select m.*, greatest(m.placed_at, moved.moved_at) as moment
    from open_orders m
    left join moved on moved.order_id = m.id
),
dated as (
    select *, cast(timezone($zone, timezone('UTC', moment)) as date) as since_on
    from since
)
select
    *,
    placed_on as day,
    placed_month as month,
    {hour} as hour,
    cast($today - since_on as integer) as waiting_days
from dated
