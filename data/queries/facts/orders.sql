-- Grain: one row per order that matches. Money counts on the day of the order.
select
    *,
    placed_on as day,
    placed_month as month,
    placed_at as moment,
    {hour} as hour,
    payment_status <> $cancelled as is_placed,
    payment_status = $cancelled as is_cancelled
from matched
