-- Periods that were closed: what they came to then, and of which orders.

-- One row per closing. figures_json holds the figures by clock; `seal` is a hash of all that was frozen.
create table closings (
    id uuid not null,
    first_on date not null,
    last_on date not null,
    currency varchar not null,
    figures_json varchar not null,
    order_count bigint not null,
    seal varchar not null,
    closed_at timestamp not null,
    actor varchar not null,
    reopened_at timestamp,
    reopened_by varchar not null
);

-- One row per closing and order that was placed or whose money moved in the period: what each brought, by the day of the
-- order (placed, paid, refunded) and by the day of the money (moved_paid, moved_refunded).
create table closing_orders (
    closing_id uuid not null,
    order_id uuid not null,
    number varchar not null,
    placed decimal(18, 3) not null,
    paid decimal(18, 3) not null,
    refunded decimal(18, 3) not null,
    moved_paid decimal(18, 3) not null,
    moved_refunded decimal(18, 3) not null
);
