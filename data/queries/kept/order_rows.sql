-- Steps of a statement. Grain of order_rows: as order_figures, marked orders as they are now; so is what the orders of a
-- marked customer say together.
own as (
{own}
),
people as (
    select customer, placed_at, placed_on, placed_month, payment_status
    from order_figures
    where customer in (select customer from stale_orders) and id not in (select order_id from stale_orders)
    union all
    select customer, placed_at, placed_on, placed_month, payment_status
    from own
),
customers as (
{customers}
),
marked_customers as (
    select
        s.customer, c.first_at, c.first_month, c.last_on,
        coalesce(c.standing_orders, 0) as standing_orders,
        coalesce(c.first_orders, 0) as first_orders
    from (select distinct customer from stale_orders) s
    left join customers c on c.customer = s.customer
),
order_rows as (
    select
        f.* replace (
            if(c.customer is null, f.first_at, c.first_at) as first_at,
            if(c.customer is null, f.first_month, c.first_month) as first_month,
            if(c.customer is null, f.last_on, c.last_on) as last_on,
            if(c.customer is null, f.standing_orders, c.standing_orders) as standing_orders,
            if(c.customer is null, f.first_orders, c.first_orders) as first_orders
        )
    from order_figures f
    left join marked_customers c on c.customer = f.customer
    where f.id not in (select order_id from stale_orders)
    union all by name
    select o.*, c.first_at, c.first_month, c.last_on, c.standing_orders, c.first_orders
    from own o
    join marked_customers c on c.customer = o.customer
)
