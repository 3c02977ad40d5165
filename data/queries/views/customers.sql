-- Customers as their orders tell them, cancelled orders left out; somebody is known by e-mail address, else by name.
-- Grain: one row per customer and currency.
select
    o.customer_key,
    o.currency,
    arg_max(o.name, o.placed_at) as name,
    arg_max(o.email, o.placed_at) as email,
    arg_max(o.country, o.placed_at) as country,
    arg_max(o.language, o.placed_at) as language,
    count(*) as orders,
    cast(sum(o.item_count) as decimal(18, 3)) as items,
    cast(sum(o.total) as decimal(18, 3)) as placed,
    cast(sum(o.paid) as decimal(18, 3)) as paid,
    cast(sum(o.refunded) as decimal(18, 3)) as refunded,
    cast(sum(o.paid - o.refunded) as decimal(18, 3)) as net,
    min(o.placed_on) as first_on,
    max(o.placed_on) as last_on
from shop.orders o
where o.customer_key <> '' and o.payment_status <> $cancelled
group by o.customer_key, o.currency
