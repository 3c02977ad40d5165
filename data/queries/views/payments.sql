-- Movements of money: received, given back, promised, failed. What was undone is left out.
-- Grain: one row per movement of an order's money.
select
    p.id,
    p.order_id,
    p.happened_at,
    p.on_date,
    p.kind,
    list_contains($received, p.kind) as is_received,
    list_contains($given_back, p.kind) as is_given_back,
    p.kind = $failure as is_failure,
    p.amount,
    p.currency,
    p.method,
    p.provider,
    p.reference,
    p.failure_reason,
    p.event_id,
    p.voided_at
from shop.payments p
where p.voided_at is null
