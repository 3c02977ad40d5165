-- Money by day, counted on the day on which the order was placed.
-- Grain: one row per day of the shop's calendar, from the first to the last that has an order.
with matched as (
    select placed_on as day, payment_status <> $cancelled as is_placed, total, paid, refunded
    from orders o
    where o.currency = $currency and {filter}
),
figures as (
    select
        day,
        count(*) filter (where is_placed) as orders,
        coalesce(sum(total) filter (where is_placed), 0) as placed,
        sum(paid) as paid,
        sum(refunded) as refunded
    from matched
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
