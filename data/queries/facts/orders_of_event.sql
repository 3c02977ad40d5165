-- Grain: one row per order that matches, without its money, and one row per movement of its money, on the day on which
-- it moved.
with orders_alone as (
    select * replace (0 as paid, 0 as refunded), placed_on as day, placed_month as month, placed_at as moment,
        payment_status <> $cancelled as is_placed, payment_status = $cancelled as is_cancelled
    from matched
),
movements as (
    select
        *,
        if(list_contains($received, kind), amount, 0) as paid,
        if(list_contains($given_back, kind), amount, 0) as refunded,
        moved_on as day,
        moved_month as month,
        moved_at as moment,
        false as is_placed,
        false as is_cancelled
    from moved_rows
    where list_contains($received || $given_back, kind)
),
counted as (
    select * from orders_alone
    union all by name
    select * from movements
)
select *, {hour} as hour
from counted
