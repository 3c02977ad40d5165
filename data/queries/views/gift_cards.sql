-- Gift cards that the shop owes goods for, without their codes.
-- Grain: one row per card.
with sums as (
    select
        card_id,
        sum(amount) filter (where amount > 0) as loaded,
        sum(amount) as balance
    from shop.gift_card_entries
    group by card_id
)
select
    c.id,
    c.order_id,
    c.line_id,
    c.made_at,
    c.currency,
    cast(coalesce(s.loaded, 0) as decimal(18, 3)) as loaded,
    cast(coalesce(s.balance, 0) as decimal(18, 3)) as balance,
    c.expires_on,
    c.send_on,
    c.language,
    c.voided_at
from shop.gift_cards c
left join sums s on s.card_id = c.id
