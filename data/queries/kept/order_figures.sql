-- Grain: one row per order of {wanted}, with what its customer's orders say together.
with people as (
{people}
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
