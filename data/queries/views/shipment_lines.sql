-- What is in a parcel, and what of it came back. Parcels that were undone are left out.
-- Grain: one row per order line in a parcel.
select
    i.shipment_id,
    i.order_id,
    i.line_id,
    i.quantity,
    i.returned
from shop.shipment_lines i
join shop.shipments s on s.id = i.shipment_id
where s.voided_at is null
