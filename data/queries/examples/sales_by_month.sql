-- What each month brought: orders that were not cancelled, and what came in and went back for them.
select
    placed_month as month,
    currency,
    count(*) as orders,
    sum(total) as placed,
    sum(net) as net
from orders
where is_counted
group by all
order by month
