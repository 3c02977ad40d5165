-- Grain: one row per order that matches and was not cancelled, with the hours from step to step, null where a step is
-- not known: from placing to the first money, from then (or from placing) to the first parcel, from then to the
-- first delivery, and from placing to it.
with money as (
    select p.order_id, min(p.happened_at) as paid_at
    from payments p
    where p.voided_at is null and list_contains($received, p.kind) and p.order_id in (select id from matched)
    group by p.order_id
),
parcels as (
    select s.order_id, min(s.happened_at) as shipped_at, min(s.delivered_at) as delivered_at
    from shipments s
    where s.voided_at is null and s.order_id in (select id from matched)
    group by s.order_id
),
steps as (
    select
        m.*,
        greatest(money.paid_at, m.placed_at) as paid_at,
        parcels.shipped_at as shipped_at,
        parcels.delivered_at as delivered_at
    from matched m
    left join money on money.order_id = m.id
    left join parcels on parcels.order_id = m.id
    where m.payment_status <> $cancelled
)
select
    *,
    placed_on as day,
    placed_month as month,
    placed_at as moment,
    true as is_placed,
    epoch(paid_at - placed_at) / 3600 as pay_hours,
    epoch(greatest(shipped_at, coalesce(paid_at, placed_at)) - coalesce(paid_at, placed_at)) / 3600 as ship_hours,
    epoch(greatest(delivered_at, shipped_at) - shipped_at) / 3600 as deliver_hours,
    epoch(greatest(delivered_at, placed_at) - placed_at) / 3600 as whole_hours
from steps
