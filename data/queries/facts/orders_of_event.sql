-- Grain: one row per order that matches, without its money, and one row per movement of its money, on the day on which
-- it moved. A movement whose day the source does not tell counts on its order's day.
with orders_alone as (
    select * replace (0 as paid, 0 as refunded), placed_on as day, placed_month as month, placed_at as moment,
        payment_status <> $cancelled as is_placed, payment_status = $cancelled as is_cancelled
    from matched
),
movements as (
    select
        m.* replace (
            if(list_contains($received, p.kind), p.amount, 0) as paid,
            if(list_contains($given_back, p.kind), p.amount, 0) as refunded
        ),
        coalesce(p.on_date, m.placed_on) as day,
        strftime(coalesce(p.on_date, m.placed_on), '%Y-%m') as month,
        coalesce(p.happened_at, m.placed_at) as moment,
        false as is_placed,
        false as is_cancelled
    from matched m
    join payments p on p.order_id = m.id
    where p.voided_at is null and list_contains($received || $given_back, p.kind)
)
select * from orders_alone
union all by name
select * from movements
