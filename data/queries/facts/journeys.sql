-- Grain: one row per order that matches and was not cancelled, with the hours from step to step, null where a step is
-- not known or has not come: from placing to the first money, from then (or from placing) to the first parcel, from then
-- to the first delivery, and from placing to it. What is told to have come before the step before it took no time.
with steps as (
    select
        * replace (if(paid_at < placed_at, placed_at, paid_at) as paid_at),
        greatest(paid_at, placed_at) as ready_at
    from journey_rows
    where payment_status <> $cancelled
)
select
    *,
    placed_on as day,
    placed_month as month,
    placed_at as moment,
    placed_hour as hour,
    epoch(paid_at - placed_at) / 3600 as pay_hours,
    if(shipped_at < ready_at, 0, epoch(shipped_at - ready_at) / 3600) as ship_hours,
    if(delivered_at < shipped_at, 0, epoch(delivered_at - shipped_at) / 3600) as deliver_hours,
    if(delivered_at < placed_at, 0, epoch(delivered_at - placed_at) / 3600) as whole_hours
from steps
