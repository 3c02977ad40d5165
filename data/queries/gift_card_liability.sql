-- What the shop still owes on gift cards: one row per currency and age of the card, an age being the months that have
-- passed since it was made, counted from the steps that are asked for. A card counts with the sum of its entries, while
-- that is above zero and it was neither withdrawn nor has run out; the part that runs out soon stands beside.
with balances as (
    select card_id, sum(amount) as balance
    from gift_card_entries
    group by card_id
),
issued as (
    select card_id, sum(amount) as value
    from gift_card_entries
    where kind = $issue
    group by card_id
),
owed as (
    select
        c.currency,
        b.balance,
        coalesce(i.value, 0) as value,
        c.expires_on,
        date_diff('month', date_trunc('month', timezone($zone, timezone('UTC', c.made_at))), date_trunc('month', $today))
            - if(day(timezone($zone, timezone('UTC', c.made_at))) > day($today), 1, 0) as months
    from gift_cards c
    join balances b on b.card_id = c.id
    left join issued i on i.card_id = c.id
    where c.voided_at is null and b.balance > 0 and (c.expires_on is null or c.expires_on >= $today)
)
select
    currency,
    list_max(list_filter($ages, lambda age: age <= greatest(months, 0))) as months,
    count(*) as cards,
    cast(sum(value) as decimal(18, 3)) as issued,
    cast(sum(balance) as decimal(18, 3)) as balance,
    count(*) filter (where expires_on < $expires_before) as expiring_cards,
    cast(coalesce(sum(balance) filter (where expires_on < $expires_before), 0) as decimal(18, 3)) as expiring_balance
from owed
group by all
order by currency, months
