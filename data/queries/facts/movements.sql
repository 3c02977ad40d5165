-- Grain: one row per movement of money of an order that matches, by the method and the provider that moved it, as a
-- bank's or a provider's list has them: money that came in, or that was given back.
select
    * replace (moved_by as payment_method),
    if(list_contains($received, kind), amount, 0) as paid,
    if(list_contains($given_back, kind), amount, 0) as refunded,
    {day} as day,
    {month} as month,
    {moment} as moment,
    {hour} as hour
from moved_rows
where list_contains($received || $given_back, kind)
