-- Grain: one row per order of {wanted}, with its customer; {people} are these and all other orders of their customers.
with people as (
    select o.id, o.placed_at, o.placed_on, o.placed_month, o.payment_status, {customer} as customer
    from orders o
    where o.id in (select id from {people})
),
moments as (
    select
        customer, placed_at, count(*) as orders, min(placed_month) as placed_month, max(placed_on) as placed_on
    from people
    where payment_status <> 'cancelled' and customer >= 0
    group by customer, placed_at
),
customers as (
    select
        customer,
        min(placed_at) as first_at,
        min(placed_month) as first_month,
        max(placed_on) as last_on,
        cast(sum(orders) as integer) as standing_orders,
        cast(arg_min(orders, placed_at) as integer) as first_orders
    from moments
    group by customer
)
select
    o.id, o.placed_at, o.placed_on, o.placed_month, o.currency, o.country, o.payment_method, o.payment_status,
    o.fulfilment_status, o.shipping_method, o.language, o.source,
    o.payment_status <> 'cancelled' as is_placed,
    o.payment_status = 'cancelled' as is_cancelled,
    o.subtotal, o.discount, o.shipping_fee, o.handling_fee, o.tax, o.total, o.paid, o.refunded, o.due, o.item_count,
    p.customer, c.first_at, c.first_month, c.last_on,
    coalesce(c.standing_orders, 0) as standing_orders,
    coalesce(c.first_orders, 0) as first_orders
from orders o
join people p on p.id = o.id
left join customers c on c.customer = p.customer
where o.id in (select id from {wanted})
