-- Grain: beside each order of {wanted}, when it was first paid, shipped and delivered; null where it was not.
left join (
    select order_id, min(happened_at) as paid_at
    from payments
    where voided_at is null and kind in ({received}) and order_id in (select id from {wanted})
    group by order_id
) money on money.order_id = o.id
left join (
    select order_id, min(happened_at) as shipped_at, min(delivered_at) as delivered_at
    from shipments
    where voided_at is null and order_id in (select id from {wanted})
    group by order_id
) parcels on parcels.order_id = o.id
