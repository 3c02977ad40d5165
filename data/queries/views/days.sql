-- The shop's calendar from its first to its last order: to join with, so that days without orders are seen.
-- Grain: one row per day.
with span as (
    select min(placed_on) as first_on, max(placed_on) as last_on
    from shop.orders
),
calendar as (
    select cast(unnest(generate_series(first_on, last_on, interval 1 day)) as date) as day
    from span
)
select
    day,
    strftime(day, '%Y-%m') as month,
    cast(isoyear(day) as varchar) || '-W' || lpad(cast(weekofyear(day) as varchar), 2, '0') as week,
    cast(year(day) as varchar) || '-Q' || cast(quarter(day) as varchar) as quarter,
    year(day) as year,
    isodow(day) as weekday
from calendar
