-- Money by day, counted on the day on which it moved; an order counts on the day on which it was placed.
-- A movement whose day the source does not tell counts on its order's day.
-- Grain: one row per day of the shop's calendar, from the first to the last on which something happened.
with matched as (
    select id, placed_on, payment_status <> $cancelled as is_placed, total
    from orders o
    where o.currency = $currency and {filter}
),
movements as (
    select placed_on as moved_on, 1 as orders, total as placed, 0 as paid, 0 as refunded
    from matched
    where is_placed
    union all
    select
        coalesce(payments.on_date, matched.placed_on),
        0,
        0,
        case when list_contains($received, payments.kind) then payments.amount else 0 end,
        case when list_contains($given_back, payments.kind) then payments.amount else 0 end
    from payments
    join matched on matched.id = payments.order_id
    where payments.voided_at is null and list_contains($received || $given_back, payments.kind)
),
figures as (
    select
        moved_on as day,
        sum(orders) as orders,
        sum(placed) as placed,
        sum(paid) as paid,
        sum(refunded) as refunded
    from movements
    group by day
),
calendar as (
    select cast(unnest(generate_series(min(day), max(day), interval 1 day)) as date) as day
    from figures
),
answer as (
    select
        day,
        coalesce(orders, 0) as orders,
        coalesce(placed, 0) as placed,
        coalesce(paid, 0) as paid,
        coalesce(refunded, 0) as refunded,
        coalesce(paid - refunded, 0) as net
    from calendar left join figures using (day)
)
select day, orders, placed, paid, refunded, net from answer order by day
