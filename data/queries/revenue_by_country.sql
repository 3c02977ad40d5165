-- Money by country, that of the shipping address, else of the billing address.
-- Grain: one row per country that an order has, the largest first.
with matched as (
    select country, payment_status <> $cancelled as is_placed, total, paid, refunded
    from orders o
    where o.currency = $currency and {filter}
),
figures as (
    select
        country,
        count(*) filter (where is_placed) as orders,
        coalesce(sum(total) filter (where is_placed), 0) as placed,
        sum(paid) as paid,
        sum(refunded) as refunded
    from matched
    group by country
),
answer as (
    select
        country,
        orders,
        placed,
        paid,
        refunded,
        paid - refunded as net
    from figures
)
select country, orders, placed, paid, refunded, net from answer order by placed desc, country
