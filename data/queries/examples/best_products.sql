-- What sold best in a month.
select
    l.name,
    sum(l.quantity) as pieces,
    sum(l.total) as total,
    o.currency
from orders o
join order_lines l on l.order_id = o.id
where o.is_counted and o.placed_month = $month
group by l.name, o.currency
order by total desc
limit 20
