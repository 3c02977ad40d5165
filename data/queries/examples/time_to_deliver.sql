-- How many days it takes from the order to the door, by country.
select
    o.country,
    count(*) as parcels,
    round(median(date_diff('hour', o.placed_at, s.delivered_at)) / 24, 1) as median_days,
    round(quantile_cont(date_diff('hour', o.placed_at, s.delivered_at), 0.9) / 24, 1) as nine_of_ten_within_days
from shipments s
join orders o on o.id = s.order_id
where s.delivered_at is not null
group by o.country
order by parcels desc
