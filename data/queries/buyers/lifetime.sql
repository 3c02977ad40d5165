-- Grain: one row per step of what customers ordered in all, steps of 1, 2 and 5 times a power of ten; beside each row
-- what all customers come to. Cancelled orders and orders of nobody known are left out. The filter chooses customers by
-- their orders; then all orders of a customer count, in one currency.
with {order_rows},
buyers as (
    select o.customer, count(*) as orders, sum(o.total) as placed
    from order_rows o
    where o.currency = $currency and o.customer >= 0 and o.is_placed{chosen}
    group by o.customer
),
powers as (
    select *, cast(power(10, length(cast(floor(placed) as bigint)::varchar) - 1) as bigint) as power
    from buyers
),
stepped as (
    select *, case when placed < 1 then 0 when placed >= 5 * power then 5 * power
        when placed >= 2 * power then 2 * power else power end as step
    from powers
),
whole as (
    select
        count(*) as all_customers,
        sum(placed) as all_placed,
        quantile_cont(placed, [0.5, 0.9]) as parts,
        cast(parts[1] as decimal(18, 3)) as median,
        cast(parts[2] as decimal(18, 3)) as tenth
    from buyers
),
best as (
    select count(*) as best_customers, coalesce(sum(placed), 0) as best_placed
    from buyers
    where placed >= (select tenth from whole)
)
select step, count(*) as customers, sum(orders) as orders, sum(placed) as placed, any_value(whole), any_value(best)
from stepped, whole, best
group by step
order by step
