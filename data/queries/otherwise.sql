-- What the orders of a period would come to if something were counted otherwise, as parts to be laid beside a figure of
-- somebody else's. Grain: one row.
with matched as (
    select
        *,
        payment_status <> $cancelled as is_placed,
        placed_on between $first and $last as is_within,
        cast(placed_at as date) between $first and $last as is_within_utc
    from orders o
    where {filter} and o.placed_on between $first - 1 and $last + 1
)
select
    count(*) filter (where own and is_within and is_placed) as orders,
    coalesce(sum(total) filter (where own and is_within and is_placed), 0) as placed,
    coalesce(sum(total) filter (where own and is_within and not is_placed), 0) as cancelled,
    count(*) filter (where own and is_within and not is_placed) as cancelled_orders,
    coalesce(sum(tax) filter (where own and is_within and is_placed), 0) as tax,
    coalesce(sum(shipping_fee + handling_fee) filter (where own and is_within and is_placed), 0) as fees,
    coalesce(sum(discount) filter (where own and is_within and is_placed), 0) as discount,
    coalesce(sum(due) filter (where own and is_within and is_placed), 0) as due,
    coalesce(sum(paid) filter (where own and is_within), 0) as paid,
    coalesce(sum(refunded) filter (where own and is_within), 0) as refunded,
    coalesce(sum(total) filter (where own and is_placed and is_within_utc and not is_within), 0)
        - coalesce(sum(total) filter (where own and is_placed and is_within and not is_within_utc), 0) as utc_placed,
    coalesce(sum(paid) filter (where own and is_within_utc and not is_within), 0)
        - coalesce(sum(paid) filter (where own and is_within and not is_within_utc), 0) as utc_paid,
    count(*) filter (where own and is_placed and is_within_utc and not is_within)
        - count(*) filter (where own and is_placed and is_within and not is_within_utc) as utc_orders,
    coalesce(sum(total) filter (where not own and is_within and is_placed), 0) as foreign_placed,
    coalesce(sum(paid) filter (where not own and is_within), 0) as foreign_paid,
    count(*) filter (where not own and is_within and is_placed) as foreign_orders,
    coalesce(sum(total) filter (where own and is_placed and placed_on = $first - 1), 0) as placed_day_before,
    coalesce(sum(total) filter (where own and is_placed and placed_on = $last + 1), 0) as placed_day_after,
    coalesce(sum(total) filter (where own and is_placed and placed_on = $first), 0) as placed_first_day,
    coalesce(sum(total) filter (where own and is_placed and placed_on = $last), 0) as placed_last_day
from (select *, currency = $currency as own from matched) o
