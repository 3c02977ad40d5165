-- Grain: one row per mail that an order which matches gave rise to.
with mails as (
    select
        m.*,
        cast(timezone($zone, timezone('UTC', t.happened_at)) as date) as moved_on,
        t.happened_at as moved_at,
        t.template as mail,
        t.state as mail_state
    from matched m
    join messages t on t.order_id = m.id
    where t.channel = $email
)
select *, {day} as day, strftime({day}, '%Y-%m') as month, {moment} as moment, {hour} as hour
from mails
