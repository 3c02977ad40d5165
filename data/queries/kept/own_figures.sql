-- Grain: one row per order of {wanted}: its own figures.
select
    o.id, o.placed_at, o.placed_on, o.placed_month, o.currency, o.country, o.payment_method, o.payment_status,
    o.fulfilment_status, o.shipping_method, o.language, o.source,
    o.payment_status <> 'cancelled' as is_placed,
    o.payment_status = 'cancelled' as is_cancelled,
    o.subtotal, o.discount, o.shipping_fee, o.handling_fee, o.tax, o.total, o.paid, o.refunded, o.due, o.item_count,
    {hour} as placed_hour,
    {customer} as customer{way}
from orders o{ways}
where o.id in (select id from {wanted})
