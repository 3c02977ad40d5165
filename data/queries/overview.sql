-- The whole of what matches in one line.
-- Grain: one row, or none when no order matches. Customers are told apart by a 64-bit hash of their key, which is
-- lighter than the keys; two of a million customers share one once in forty million shops.
with matched as (
    select placed_on, customer_key, payment_status <> $cancelled as is_placed, total, paid, refunded
    from orders o
    where o.currency = $currency and {filter}
),
figures as (
    select
        count(*) filter (where is_placed) as orders,
        count(*) filter (where not is_placed) as cancelled_orders,
        count(distinct hash(customer_key)) filter (where is_placed and customer_key <> '') as customers,
        coalesce(sum(total) filter (where is_placed), 0) as placed,
        sum(paid) as paid,
        sum(refunded) as refunded,
        min(placed_on) as first_on,
        max(placed_on) as last_on
    from matched
    having count(*) > 0
),
answer as (
    select
        orders,
        cancelled_orders,
        customers,
        placed,
        paid,
        refunded,
        paid - refunded as net,
        first_on,
        last_on
    from figures
)
select orders, cancelled_orders, customers, placed, paid, refunded, net, first_on, last_on from answer
