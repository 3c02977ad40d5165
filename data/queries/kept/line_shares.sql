-- Grain: as queries/facts/lines.sql, of the orders {wanted}.
with chosen as (
    select
        o.id, o.placed_at, o.placed_on, o.placed_month, o.currency, o.country, o.payment_method, o.payment_status,
        o.fulfilment_status, o.shipping_method, o.language, o.source, o.subtotal, o.discount, o.shipping_fee,
        o.handling_fee, o.tax, o.tax_included, o.total, o.paid, o.refunded, o.due, o.item_count,
        {decimals} as decimals,
        {customer} as customer
    from orders o
    where o.id in (select id from {wanted})
),
shares as (
{lines}
)
select
    id, placed_at, placed_on, placed_month, currency, country, payment_method, payment_status, fulfilment_status,
    shipping_method, language, source, is_placed, is_cancelled, customer,
    row_number() over (partition by id, product_key) = 1 as is_first,
    product_key, sku, product, kind, quantity, returned,
    cast(total as decimal(18, 3)) as total,
    cast(paid as decimal(18, 3)) as paid,
    cast(refunded as decimal(18, 3)) as refunded,
    cast(discount as decimal(18, 3)) as discount,
    cast(tax as decimal(18, 3)) as tax,
    cast(taxable as decimal(18, 3)) as taxable
from shares
