-- Grain: one row per refund of an order that matches, with the reason that was given for it.
select *, {day} as day, {month} as month, {moment} as moment, {hour} as hour
from moved_rows
where list_contains($given_back, kind)
