-- Nothing is due any more of a cancelled order, whatever came in before or since. What is due is the 55th value of a
-- card, and a card is written anew where its order was.

create temp table cancelled_dues as
    select id from orders
    where fulfilment_status = 'will_not_deliver' and due <> 0
        and payment_status in ('partially_paid', 'paid', 'partially_refunded');

update orders set due = 0 where id in (select id from cancelled_dues);

update order_cards set card = '[' || array_to_string(
    list_concat(list_slice(card::json->'$[*]', 1, 54), ['"0.000"'::json], list_slice(card::json->'$[*]', 56, 63)), ','
) || ']'
where order_id in (select id from cancelled_dues);

drop table cancelled_dues;
