-- What happened to orders, and who did it.
-- Grain: one row per event of an order.
select
    e.id,
    e.order_id,
    e.happened_at,
    timezone($zone, timezone('UTC', e.happened_at)) as happened_local,
    e.kind,
    e.actor,
    e.reason,
    e.cause,
    e.undoes,
    case
        when e.after_json like '%"payment_status":%' or e.after_json like '%"fulfilment_status":%'
            then '{' || concat_ws(
                ', ',
                '"payment_status": "' || (e.after_json ->> '$.payment_status') || '"',
                '"fulfilment_status": "' || (e.after_json ->> '$.fulfilment_status') || '"'
            ) || '}'
        else '{}'
    end as after_json
from shop.order_events e
