-- Grain: one row per line of a chosen order, and one for what its lines do not explain: shipping, fees, and orders
-- without lines. All rows of an order together are the order, to the smallest unit of its currency: shares are counted
-- from its first line on, each rounded sum less the one before. What a line is worth is its total, with its tax where
-- prices are without; discounts of the whole order lower all lines alike. Refunds go to the lines whose quantities
-- were refunded, as far as those are worth it; without such quantities they lower all lines alike. Tax that a source
-- tells of the whole order only is that of its lines and its fees alike: each line has its part of it, and what it is
-- worth without that part is what it was taxed of.
with weighed as (
    select
        m.id as order_id,
        m.total as order_total,
        m.paid as order_paid,
        m.refunded as order_refunded,
        m.shipping_fee + m.handling_fee as fees,
        m.tax as order_tax,
        m.tax_included,
        m.decimals,
        l.* exclude (order_id, total),
        l.total as line_total,
        greatest(l.total, 0) + if(m.tax_included, 0, l.tax) as weight,
        weight * if(l.quantity > 0, least(l.refunded, l.quantity) / l.quantity, 0) as refunded_weight
    from chosen m
    join order_lines l on l.order_id = m.id
),
summed as (
    select
        *,
        sum(weight) over whole as weights,
        sum(weight) over so_far as running,
        sum(tax) over whole as line_taxes,
        bool_or(tax <> 0) over whole as is_taxed_by_line,
        sum(refunded_weight) over whole as refunded_weights,
        sum(refunded_weight) over so_far as refunded_running
    from weighed
    window
        whole as (partition by order_id),
        so_far as (partition by order_id order by position, id rows unbounded preceding)
),
priced as (
    select
        *,
        if(weights > 0, order_total - least(order_total, fees
            + if(not tax_included and is_taxed_by_line, greatest(order_tax - line_taxes, 0), 0)), 0) as goods,
        if(weights > 0, running / weights, 0) as until_part,
        if(weights > 0, (running - weight) / weights, 0) as before_part
    from summed
),
shared as (
    select
        *,
        round(goods * until_part, decimals) - round(goods * before_part, decimals) as share,
        if(order_total <> 0, goods / order_total, 0) as goods_part,
        least(order_refunded, round(if(weights > 0, goods * refunded_weights / weights, 0), decimals)) as refunded_goods
    from priced
),
taxed as (
    select
        *,
        not is_taxed_by_line and order_tax <> 0 as is_allotted,
        if(is_allotted,
            cast(round(order_tax * goods_part * until_part, decimals)
                - round(order_tax * goods_part * before_part, decimals) as decimal(18, 3)),
            tax) as own_tax
    from shared
),
lines as (
    select
        order_id,
        sku,
        name as product,
        if(sku = '', name, sku) as product_key,
        kind,
        quantity,
        returned,
        cast(share as decimal(18, 3)) as total,
        cast(round(order_paid * goods_part * until_part, decimals)
            - round(order_paid * goods_part * before_part, decimals) as decimal(18, 3)) as paid,
        cast(if(refunded_weights > 0,
            round(refunded_goods * refunded_running / refunded_weights, decimals)
            - round(refunded_goods * (refunded_running - refunded_weight) / refunded_weights, decimals),
            round(order_refunded * goods_part * until_part, decimals)
            - round(order_refunded * goods_part * before_part, decimals)) as decimal(18, 3)) as refunded,
        discount,
        own_tax as tax,
        if(is_allotted, cast(share as decimal(18, 3)) - own_tax, line_total - if(tax_included, tax, 0)) as taxable
    from taxed
),
explained as (
    select
        order_id,
        sum(total) as total,
        sum(paid) as paid,
        sum(refunded) as refunded,
        sum(discount) as discount,
        sum(tax) as tax,
        sum(taxable) as taxable
    from lines
    group by order_id
),
rests as (
    select
        m.id as order_id,
        '' as sku,
        '' as product,
        '' as product_key,
        '' as kind,
        0 as quantity,
        0 as returned,
        m.total - coalesce(e.total, 0) as total,
        m.paid - coalesce(e.paid, 0) as paid,
        m.refunded - coalesce(e.refunded, 0) as refunded,
        m.discount - coalesce(e.discount, 0) as discount,
        m.tax - coalesce(e.tax, 0) as tax,
        m.total - m.tax - coalesce(e.taxable, 0) as taxable
    from chosen m
    left join explained e on e.order_id = m.id
    where e.order_id is null or m.total <> e.total or m.paid <> e.paid or m.refunded <> e.refunded
        or m.discount <> e.discount or m.tax <> e.tax or m.total - m.tax <> e.taxable
),
parts as (
    select * from lines
    union all by name
    select * from rests
)
select
    p.*,
    m.* exclude (total, paid, refunded, discount, tax, item_count, due, subtotal),
    m.placed_on as day,
    m.placed_month as month,
    m.placed_at as moment,
    m.payment_status <> 'cancelled' as is_placed,
    m.payment_status = 'cancelled' as is_cancelled
from parts p
join chosen m on m.id = p.order_id
