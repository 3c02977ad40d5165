-- The words by which orders are found, without accents and capitals.
-- Grain: one row per word of an order and field.
select
    t.order_id,
    t.field,
    t.term
from shop.search_terms t
