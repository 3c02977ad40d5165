-- What staff wrote on orders. What was undone is left out.
-- Grain: one row per note.
select
    n.id,
    n.order_id,
    n.happened_at,
    n.author,
    n.text,
    n.voided_at
from shop.order_notes n
where n.voided_at is null
