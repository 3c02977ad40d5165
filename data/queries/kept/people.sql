-- Grain: one row per order of {everybody}, for what the orders of its customer say together.
select o.placed_at, o.placed_on, o.placed_month, o.payment_status, {customer} as customer
from orders o
where o.id in (select id from {everybody})
