-- Grain: one row per payment that was not undone, of the orders {wanted}. A payment without a method of its own has the
-- order's, one without a moment of its own counts with its order. The reason of a failure is the payment's own, else
-- what the order says; that of a refund is that of the event which made it, else that of the order's latest refund.
select
    o.id, o.number, o.placed_at, o.placed_on, o.placed_month, o.currency, o.country, o.payment_method,
    o.payment_status, o.fulfilment_status, o.shipping_method, o.language, o.source,
    p.kind,
    coalesce(nullif(p.method, ''), o.payment_method) as moved_by,
    p.provider,
    p.reference,
    p.amount,
    coalesce(p.on_date, o.placed_on) as moved_on,
    strftime(moved_on, '%Y-%m') as moved_month,
    coalesce(p.happened_at, o.placed_at) as moved_at,
    if(p.kind = 'failure', coalesce(nullif(p.failure_reason, ''), o.payment_message), '') as failure_reason,
    if(p.kind = 'refund', coalesce(e.reason, r.reason, ''), '') as refund_reason
from (
    from orders where id in (select id from {wanted})
) o
join (
    from payments where voided_at is null and order_id in (select id from {wanted})
) p on p.order_id = o.id
left join (
    select id, reason from order_events where order_id in (select id from {wanted})
) e on e.id = p.event_id
left join (
    select order_id, arg_max(reason, happened_at) as reason
    from order_events
    where kind = 'refunded' and order_id in (select id from {wanted})
    group by order_id
) r on r.order_id = p.order_id
