-- Products as the lines of orders tell them, cancelled orders left out; a product is its SKU, else its name.
-- Grain: one row per product and currency.
select
    lower(coalesce(nullif(l.sku, ''), l.name)) as product,
    o.currency,
    arg_max(l.sku, o.placed_at) as sku,
    arg_max(l.name, o.placed_at) as name,
    arg_max(l.kind, o.placed_at) as kind,
    count(distinct o.id) as orders,
    cast(sum(l.quantity) as decimal(18, 3)) as quantity,
    cast(sum(l.returned) as decimal(18, 3)) as returned,
    cast(sum(l.discount) as decimal(18, 3)) as discount,
    cast(sum(l.total) as decimal(18, 3)) as total,
    min(o.placed_on) as first_on,
    max(o.placed_on) as last_on
from shop.order_lines l
join shop.orders o on o.id = l.order_id
where o.payment_status <> $cancelled
group by all
