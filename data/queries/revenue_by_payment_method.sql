-- Money by payment method.
-- Grain: one row per payment method that an order has, the largest first.
with matched as (
    select payment_method, payment_status <> $cancelled as is_placed, total, paid, refunded
    from orders o
    where o.currency = $currency and {filter}
),
figures as (
    select
        payment_method,
        count(*) filter (where is_placed) as orders,
        coalesce(sum(total) filter (where is_placed), 0) as placed,
        sum(paid) as paid,
        sum(refunded) as refunded
    from matched
    group by payment_method
),
answer as (
    select
        payment_method,
        orders,
        placed,
        paid,
        refunded,
        paid - refunded as net
    from figures
)
select payment_method, orders, placed, paid, refunded, net from answer order by placed desc, payment_method
