-- What discounts cost, by quarter.
select
    d.quarter,
    o.currency,
    sum(o.discount) as discount,
    sum(o.subtotal) as before_discount,
    round(100 * sum(o.discount) / nullif(sum(o.subtotal), 0), 1) as percent
from orders o
join days d on d.day = o.placed_on
where o.is_counted
group by all
order by d.quarter
