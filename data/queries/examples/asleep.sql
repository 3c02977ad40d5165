-- Customers who bought at least twice, but not since a day of your choice.
select name, email, orders, placed, currency, last_on
from customers
where orders >= 2 and last_on < $since
order by placed desc
