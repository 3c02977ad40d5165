-- Lines of orders: what was bought of one product. Those of cancelled orders are here too.
-- Grain: one row per line of an order.
select
    l.id,
    l.order_id,
    l.position,
    l.sku,
    l.name,
    l.kind,
    l.quantity,
    l.unit_price,
    l.discount,
    l.tax,
    l.total,
    l.shipped,
    l.returned,
    l.refunded,
    l.options_json
from shop.order_lines l
