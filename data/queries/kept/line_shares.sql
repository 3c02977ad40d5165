-- Grain: as line_shares, from the steps of line_steps.sql.
select
    id, placed_at, placed_on, placed_month, currency, country, payment_method, payment_status, fulfilment_status,
    shipping_method, language, source, is_placed, is_cancelled, customer,
    row_number() over (partition by id, product_key) = 1 as is_first,
    row_number() over (partition by id, tax_rate) = 1 as is_first_rate,
    product_key, sku, product, kind, quantity, returned,
    cast(total as decimal(18, 3)) as total,
    cast(paid as decimal(18, 3)) as paid,
    cast(refunded as decimal(18, 3)) as refunded,
    cast(discount as decimal(18, 3)) as discount,
    cast(tax as decimal(18, 3)) as tax,
    cast(taxable as decimal(18, 3)) as taxable,
    tax_rate
from {shares}
