-- Grain: one row per attempt to pay that a provider answered: money that came or was promised, or a failure. An order
-- that waits with a payment message but without a failure among its movements counts as one failure.
with movements as (
    select * replace (moved_by as payment_method), kind = $failure as is_failure
    from moved_rows
    where list_contains($tried, kind)
),
told as (
    select
        *,
        placed_on as moved_on,
        placed_month as moved_month,
        placed_at as moved_at,
        true as is_failure,
        total as amount,
        payment_message as failure_reason
    from matched
    where payment_message <> '' and payment_status = $awaiting
        and id not in (select id from payment_rows where kind = $failure)
),
tries as (
    select * from movements
    union all by name
    select * from told
)
select *, {day} as day, {month} as month, {moment} as moment, {hour} as hour
from tries
