-- Grain: one row per attempt to pay that a provider answered: money that came or was promised, or a failure. An order
-- that waits with a payment message but without a failure among its movements counts as one failure.
with movements as (
    select
        m.*,
        coalesce(p.on_date, m.placed_on) as moved_on,
        coalesce(p.happened_at, m.placed_at) as moved_at,
        p.kind = $failure as is_failure,
        p.amount,
        if(p.kind = $failure, coalesce(nullif(p.failure_reason, ''), m.payment_message), '') as failure_reason,
        coalesce(nullif(p.method, ''), m.payment_method) as tried_method
    from matched m
    join payments p on p.order_id = m.id
    where p.voided_at is null and list_contains($tried, p.kind)
),
told as (
    select
        m.*,
        m.placed_on as moved_on,
        m.placed_at as moved_at,
        true as is_failure,
        m.total as amount,
        m.payment_message as failure_reason,
        m.payment_method as tried_method
    from matched m
    where m.payment_message <> '' and m.payment_status = $awaiting
        and m.id not in (select order_id from payments where kind = $failure and voided_at is null)
),
tries as (
    select * from movements
    union all by name
    select * from told
)
select
    * replace (tried_method as payment_method),
    {day} as day,
    strftime({day}, '%Y-%m') as month,
    {moment} as moment
from tries
