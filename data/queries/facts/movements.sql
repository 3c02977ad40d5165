-- Grain: one row per movement of money of an order that matches, by the method and the provider that moved it, as a
-- bank's or a provider's list has them: money that came in, or that was given back. A movement without a method of its
-- own has the order's; one whose day the source does not tell counts on its order's day.
with movements as (
    select
        m.* replace (
            coalesce(nullif(p.method, ''), m.payment_method) as payment_method,
            if(list_contains($received, p.kind), p.amount, 0) as paid,
            if(list_contains($given_back, p.kind), p.amount, 0) as refunded
        ),
        p.provider,
        p.reference,
        coalesce(p.on_date, m.placed_on) as moved_on,
        coalesce(p.happened_at, m.placed_at) as moved_at
    from matched m
    join payments p on p.order_id = m.id
    where p.voided_at is null and list_contains($received || $given_back, p.kind)
)
select *, {day} as day, strftime({day}, '%Y-%m') as month, {moment} as moment
from movements
