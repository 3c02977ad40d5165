-- More of what figures are counted from is kept: the hour of an order in the shop's zone, when it was paid, shipped and
-- delivered first, the rate at which a line was taxed, and money that moved beside what its order is known by. What was
-- kept so far is worked out anew, in rows that lie in order.
alter table order_figures add column placed_hour integer;
alter table order_figures add column paid_at timestamp;
alter table order_figures add column shipped_at timestamp;
alter table order_figures add column delivered_at timestamp;
-- is_first_rate is true of one row of each rate of an order.
alter table line_shares add column tax_rate decimal(9, 1);
alter table line_shares add column is_first_rate boolean;

-- One row per payment that was not undone: what its order is known by, and what moved. moved_by: the payment's own
-- method, else the order's; moved_on, moved_month and moved_at: its own moment, else that of the order.
create table payment_figures (
    id uuid not null,
    placed_at timestamp not null,
    placed_on date not null,
    placed_month varchar not null,
    currency varchar not null,
    country varchar not null,
    payment_method varchar not null,
    payment_status varchar not null,
    fulfilment_status varchar not null,
    shipping_method varchar not null,
    language varchar not null,
    source varchar not null,
    kind varchar not null,
    moved_by varchar not null,
    provider varchar not null,
    reference varchar not null,
    amount decimal(18, 3) not null,
    moved_on date not null,
    moved_month varchar not null,
    moved_at timestamp not null,
    failure_reason varchar not null,
    refund_reason varchar not null
);

delete from order_figures;
delete from line_shares;
delete from product_days;
delete from stale_orders;
insert into stale_orders
select
    id,
    if(customer_key = '', -1 - cast(md5_number_lower(cast(id as varchar)) >> 1 as bigint),
        cast(md5_number_lower(customer_key) >> 1 as bigint)),
    placed_on
from orders;
