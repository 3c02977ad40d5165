-- Grain: one row per order of {wanted}, with what its customer's orders say together; {everybody} are these and all
-- other orders of their customers.
with people as (
    select o.placed_at, o.placed_on, o.placed_month, o.payment_status, {customer} as customer
    from orders o
    where o.id in (select id from {everybody})
),
customers as (
{customers}
),
own as (
{own}
)
select
    o.*, c.first_at, c.first_month, c.last_on,
    coalesce(c.standing_orders, 0) as standing_orders,
    coalesce(c.first_orders, 0) as first_orders
from own o
left join customers c on c.customer = o.customer
