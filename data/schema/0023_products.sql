-- What products cost their merchant. One row per product, currency and day from which a cost holds (null: from the
-- beginning); product_key is that of queries/facts/lines.sql: the SKU, else the name. unit_cost is of one item without
-- tax, null where only the category is known; category is the merchant's own word, empty without one.
create table product_costs (
    product_key varchar not null,
    currency varchar not null,
    unit_cost decimal(18, 6),
    since_on date,
    category varchar not null,
    updated_at timestamp not null,
    actor varchar not null
);
