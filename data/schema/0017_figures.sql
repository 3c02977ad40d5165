-- What figures are counted from, kept beside the orders so that no question has to work it out again. Every row follows
-- from orders and their lines; what may no longer be true is marked in stale_orders and is worked out when asked for.

-- One row per change of an order since its rows below were written: the order, its customer and day before and after.
-- Their rows in the tables below do not count while they stand here.
create table stale_orders (
    order_id uuid not null,
    customer bigint not null,
    placed_on date not null
);

-- One row per order: its figures, and what its customer's orders say together, cancelled ones left out. customer is a
-- number for the customer, below zero for an order without one; standing_orders counts the customer's orders,
-- first_orders those placed at first_at.
create table order_figures (
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
    is_placed boolean not null,
    is_cancelled boolean not null,
    subtotal decimal(18, 3) not null,
    discount decimal(18, 3) not null,
    shipping_fee decimal(18, 3) not null,
    handling_fee decimal(18, 3) not null,
    tax decimal(18, 3) not null,
    total decimal(18, 3) not null,
    paid decimal(18, 3) not null,
    refunded decimal(18, 3) not null,
    due decimal(18, 3) not null,
    item_count decimal(18, 3) not null,
    customer bigint not null,
    first_at timestamp,
    first_month date,
    last_on date,
    standing_orders integer not null,
    first_orders integer not null
);

-- One row per line of an order, and one for what its lines do not explain, as queries/facts/lines.sql shares the order
-- out; is_first is true of one row of each product of an order.
create table line_shares (
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
    is_placed boolean not null,
    is_cancelled boolean not null,
    customer bigint not null,
    is_first boolean not null,
    product_key varchar not null,
    sku varchar not null,
    product varchar not null,
    kind varchar not null,
    quantity decimal(18, 3) not null,
    returned decimal(18, 3) not null,
    total decimal(18, 3) not null,
    paid decimal(18, 3) not null,
    refunded decimal(18, 3) not null,
    discount decimal(18, 3) not null,
    tax decimal(18, 3) not null,
    taxable decimal(18, 3) not null
);

-- One row per day, product and name of it: sums over line_shares. placed_at is the last of their orders.
create table product_days (
    placed_at timestamp not null,
    placed_on date not null,
    placed_month varchar not null,
    currency varchar not null,
    is_placed boolean not null,
    is_cancelled boolean not null,
    product_key varchar not null,
    sku varchar not null,
    product varchar not null,
    orders bigint not null,
    quantity decimal(18, 3) not null,
    returned decimal(18, 3) not null,
    total decimal(18, 3) not null,
    paid decimal(18, 3) not null,
    refunded decimal(18, 3) not null,
    discount decimal(18, 3) not null,
    tax decimal(18, 3) not null,
    taxable decimal(18, 3) not null
);

insert into stale_orders
select
    id,
    if(customer_key = '', -1 - cast(md5_number_lower(cast(id as varchar)) >> 1 as bigint),
        cast(md5_number_lower(customer_key) >> 1 as bigint)),
    placed_on
from orders;
