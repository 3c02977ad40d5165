-- Steps of a statement: the orders {wanted}, and their shares as queries/facts/lines.sql gives them.
chosen as (
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
