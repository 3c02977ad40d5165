-- Parcels on their way to customers. What was undone is left out.
-- Grain: one row per parcel.
select
    s.id,
    s.order_id,
    s.happened_at,
    s.carrier,
    s.tracking_number,
    s.tracking_url,
    s.delivered_at,
    s.voided_at
from shop.shipments s
where s.voided_at is null
