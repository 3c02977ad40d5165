-- Invoices and credit notes that were issued.
-- Grain: one row per document.
select
    d.id,
    d.order_id,
    d.kind,
    d.number,
    d.series,
    d.position,
    d.issued_at,
    d.issued_on,
    d.refund_id
from shop.documents d
