-- Grain: one row per customer with orders that stand, of `people`, which has all orders of each.
select
    customer,
    min(placed_at) as first_at,
    cast(date_trunc('month', min(placed_on)) as date) as first_month,
    max(placed_on) as last_on,
    cast(sum(orders) as integer) as standing_orders,
    cast(arg_min(orders, placed_at) as integer) as first_orders
from (
    select
        customer, placed_at, count(*) as orders, max(placed_on) as placed_on
    from people
    where payment_status <> 'cancelled' and customer >= 0
    group by customer, placed_at
)
group by customer
