-- Grain: one row per day, product and name of it, of the rows {shares}, which are as line_shares.
select
    max(placed_at) as placed_at,
    placed_on,
    any_value(placed_month) as placed_month,
    currency,
    is_placed,
    is_cancelled,
    product_key,
    sku,
    product,
    count(*) filter (where is_first) as orders,
    cast(sum(quantity) as decimal(18, 3)) as quantity,
    cast(sum(returned) as decimal(18, 3)) as returned,
    cast(sum(total) as decimal(18, 3)) as total,
    cast(sum(paid) as decimal(18, 3)) as paid,
    cast(sum(refunded) as decimal(18, 3)) as refunded,
    cast(sum(discount) as decimal(18, 3)) as discount,
    cast(sum(tax) as decimal(18, 3)) as tax,
    cast(sum(taxable) as decimal(18, 3)) as taxable
from {shares}
group by placed_on, currency, is_placed, is_cancelled, product_key, sku, product
