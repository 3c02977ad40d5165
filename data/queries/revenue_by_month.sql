-- Money by month, counted in the month in which the order was placed.
-- Grain: one row per month of the shop's calendar, from the first to the last that has an order.
with matched as (
    select placed_month as month, payment_status <> $cancelled as is_placed, total, paid, refunded
    from orders o
    where o.currency = $currency and {filter}
),
figures as (
    select
        month,
        count(*) filter (where is_placed) as orders,
        coalesce(sum(total) filter (where is_placed), 0) as placed,
        sum(paid) as paid,
        sum(refunded) as refunded
    from matched
    group by month
),
calendar as (
    select strftime(unnest(generate_series(
        min(strptime(month, '%Y-%m')), max(strptime(month, '%Y-%m')), interval 1 month
    )), '%Y-%m') as month
    from figures
),
answer as (
    select
        month,
        coalesce(orders, 0) as orders,
        coalesce(placed, 0) as placed,
        coalesce(paid, 0) as paid,
        coalesce(refunded, 0) as refunded,
        coalesce(paid - refunded, 0) as net
    from calendar left join figures using (month)
)
select month, orders, placed, paid, refunded, net from answer order by month
