-- Money of a period by its two clocks: that of orders placed in it, and that which moved in it.
-- Grain: one row for each way in which placing and moving lie to the period (before, within or after it), none where
-- both are out of it. A movement whose day the source does not tell counts on its order's day.
with matched as (
    select id, placed_on
    from orders o
    where o.currency = $currency and {filter}
),
movements as (
    select
        m.id as order_id,
        m.placed_on,
        coalesce(p.on_date, m.placed_on) as moved_on,
        if(list_contains($received, p.kind), p.amount, 0) as paid,
        if(list_contains($given_back, p.kind), p.amount, 0) as refunded
    from payments p
    join matched m on m.id = p.order_id
    where p.voided_at is null and list_contains($received || $given_back, p.kind)
),
placed as (
    select
        *,
        case when placed_on < $first then 'before' when placed_on > $last then 'after' else 'within' end as placed_when,
        case when moved_on < $first then 'before' when moved_on > $last then 'after' else 'within' end as moved_when
    from movements
)
select
    placed_when,
    moved_when,
    count(distinct order_id) as orders,
    sum(paid) as paid,
    sum(refunded) as refunded
from placed
where 'within' in (placed_when, moved_when)
group by placed_when, moved_when
order by placed_when, moved_when
