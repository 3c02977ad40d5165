-- Which payment method fails most, and why.
select
    method,
    failure_reason,
    count(*) as failures,
    count(distinct order_id) as orders
from payments
where is_failure
group by all
order by failures desc
