-- Products that customers buy who come back, and how many pieces of them.
with regulars as (
    select customer_key
    from customers
    where orders >= 2
)
select
    l.name,
    count(distinct o.id) as orders,
    count(distinct o.customer_key) as customers,
    sum(l.quantity) as pieces
from orders o
join order_lines l on l.order_id = o.id
where o.is_counted and o.customer_key in (from regulars)
group by l.name
order by customers desc, pieces desc
limit 20
