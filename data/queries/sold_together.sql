-- Grain: one row per pair of products that stand in the same order, of the $products products that stand on most lines of
-- orders that match, cancelled orders left out: how many orders have both, how many have each, and how many there are.
with matched as (
    select o.id
    from orders o
    where o.currency = $currency and o.payment_status <> $cancelled and {where}
),
{line_rows},
sold as (
    select o.id as order_id, o.sku, o.product, o.product_key, o.is_first
    from line_rows o
    where {lines}
),
top as (
    select
        product_key,
        max(sku) as sku,
        max(product) as product,
        cast(row_number() over (order by count(*) desc, product_key) as smallint) as place
    from sold
    where product_key <> ''
    group by product_key
    order by count(*) desc, product_key
    limit $products
),
-- an order may have a product on several lines
placed as materialized (
    select s.order_id, t.place
    from sold s
    join top t on t.product_key = s.product_key
    where s.is_first
),
singles as (
    select place, count(*) as orders
    from placed
    group by place
),
pairs as (
    select a.place as first_place, b.place as second_place, count(*) as orders
    from placed a
    join placed b on b.order_id = a.order_id and b.place > a.place
    group by a.place, b.place
    having count(*) >= $least
    order by count(*) desc, a.place, b.place
    limit $pairs
)
select
    a.sku as first_sku,
    a.product as first_product,
    b.sku as second_sku,
    b.product as second_product,
    p.orders,
    one.orders as first_orders,
    two.orders as second_orders,
    (select count(*) from matched) as all_orders
from pairs p
join top a on a.place = p.first_place
join top b on b.place = p.second_place
join singles one on one.place = p.first_place
join singles two on two.place = p.second_place
order by p.orders desc, p.first_place, p.second_place
