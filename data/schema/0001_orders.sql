-- The order store: orders, what they hold, what happened to them, and what is said about them.
-- Plain types only, no keys, no indexes: the same words run on a DuckDB file and on DuckLake.
-- Times are UTC; money is decimal(18,3) beside its ISO currency; *_json columns hold JSON as text.

-- One row per order.
create table orders (
    id uuid not null,
    source varchar not null,
    source_id varchar not null,
    number varchar not null,
    number_sort bigint,
    placed_at timestamp not null,
    placed_on date not null,
    placed_month varchar not null,
    updated_at timestamp not null,
    source_updated_at timestamp,
    version integer not null,
    payment_status varchar not null,
    fulfilment_status varchar not null,
    source_status_json varchar,
    payment_method varchar not null,
    payment_method_label varchar not null,
    payment_message varchar not null,
    transaction_id varchar not null,
    email varchar not null,
    name varchar not null,
    phone varchar not null,
    language varchar not null,
    customer_key varchar not null,
    customer_comment varchar not null,
    tags varchar[] not null,
    coupons varchar[] not null,
    shipping_method varchar not null,
    is_pickup boolean not null,
    shipping_name varchar not null,
    shipping_company varchar not null,
    shipping_line1 varchar not null,
    shipping_line2 varchar not null,
    shipping_city varchar not null,
    shipping_region varchar not null,
    shipping_postal_code varchar not null,
    shipping_country varchar not null,
    shipping_phone varchar not null,
    billing_name varchar not null,
    billing_company varchar not null,
    billing_line1 varchar not null,
    billing_line2 varchar not null,
    billing_city varchar not null,
    billing_region varchar not null,
    billing_postal_code varchar not null,
    billing_country varchar not null,
    billing_phone varchar not null,
    country varchar not null,
    currency varchar not null,
    subtotal decimal(18, 3) not null,
    discount decimal(18, 3) not null,
    shipping_fee decimal(18, 3) not null,
    handling_fee decimal(18, 3) not null,
    tax decimal(18, 3) not null,
    total decimal(18, 3) not null,
    tax_included boolean not null,
    paid decimal(18, 3) not null,
    refunded decimal(18, 3) not null,
    due decimal(18, 3) not null,
    line_count integer not null,
    item_count decimal(18, 3) not null,
    items_summary varchar not null,
    kinds varchar[] not null,
    content_hash varchar not null,
    import_run_id uuid,
    is_muted boolean not null,
    gone_at timestamp
);

-- One row per order: its row once more as one text, a JSON array in the order that data/cards.py names.
create table order_cards (
    order_id uuid not null,
    card varchar not null
);

-- One row per line of an order; quantities shipped, returned and refunded are sums over the facts.
create table order_lines (
    id uuid not null,
    order_id uuid not null,
    position integer not null,
    sku varchar not null,
    name varchar not null,
    options_json varchar not null,
    kind varchar not null,
    quantity decimal(18, 3) not null,
    unit_price decimal(18, 3) not null,
    discount decimal(18, 3) not null,
    tax decimal(18, 3) not null,
    total decimal(18, 3) not null,
    shipped decimal(18, 3) not null,
    returned decimal(18, 3) not null,
    refunded decimal(18, 3) not null
);

-- One row per thing that happened to an order; appended, never changed.
-- before_json and after_json hold the fields that changed; made_json the ids of rows that the event made.
create table order_events (
    id uuid not null,
    order_id uuid not null,
    happened_at timestamp not null,
    kind varchar not null,
    actor varchar not null,
    before_json varchar not null,
    after_json varchar not null,
    made_json varchar not null,
    reason varchar not null,
    cause varchar not null,
    undoes uuid
);

-- One row per note that staff wrote; a note undone keeps its row.
create table order_notes (
    id uuid not null,
    order_id uuid not null,
    happened_at timestamp not null,
    author varchar not null,
    text varchar not null,
    source_key varchar not null,
    event_id uuid,
    voided_at timestamp
);

-- One row per money movement; amounts are positive, the kind gives the direction.
create table payments (
    id uuid not null,
    order_id uuid not null,
    happened_at timestamp,
    on_date date,
    kind varchar not null,
    amount decimal(18, 3) not null,
    currency varchar not null,
    method varchar not null,
    provider varchar not null,
    reference varchar not null,
    failure_reason varchar not null,
    source_key varchar not null,
    event_id uuid,
    voided_at timestamp
);

-- One row per parcel.
create table shipments (
    id uuid not null,
    order_id uuid not null,
    happened_at timestamp,
    carrier varchar not null,
    tracking_number varchar not null,
    tracking_url varchar not null,
    source_key varchar not null,
    event_id uuid,
    delivered_at timestamp,
    voided_at timestamp
);

-- One row per order line in a parcel.
create table shipment_lines (
    shipment_id uuid not null,
    order_id uuid not null,
    line_id uuid not null,
    quantity decimal(18, 3) not null,
    returned decimal(18, 3) not null
);

-- One row per order and import: what came from outside, as it came.
create table order_raws (
    order_id uuid not null,
    import_run_id uuid,
    happened_at timestamp not null,
    raw varchar not null
);

-- One row per word of an order, for finding; kept in the order of the words.
create table search_terms (
    term varchar not null,
    field varchar not null,
    order_id uuid not null
);

-- One row per message to send: the outbox.
create table messages (
    id uuid not null,
    order_id uuid,
    event_id uuid,
    happened_at timestamp not null,
    channel varchar not null,
    template varchar not null,
    language varchar not null,
    recipient varchar not null,
    sender varchar not null,
    subject varchar not null,
    body_text varchar not null,
    body_html varchar not null,
    state varchar not null,
    send_after timestamp not null,
    attempts integer not null,
    error varchar not null,
    dedupe_key varchar not null,
    provider_id varchar not null,
    handed_at timestamp,
    updated_at timestamp not null
);

-- One row per report of what became of a message: ours while sending, the provider's later.
create table message_events (
    id uuid not null,
    message_id uuid not null,
    happened_at timestamp not null,
    kind varchar not null,
    detail varchar not null,
    provider_event_id varchar not null
);

-- One row per import.
create table import_runs (
    id uuid not null,
    started_at timestamp not null,
    finished_at timestamp,
    undone_at timestamp,
    state varchar not null,
    actor varchar not null,
    file_name varchar not null,
    file_hash varchar not null,
    format varchar not null,
    source varchar not null,
    mapping_json varchar not null,
    row_count bigint not null,
    order_count bigint not null,
    new_count bigint not null,
    changed_count bigint not null,
    same_count bigint not null,
    rejected_count bigint not null,
    warning_count bigint not null
);

-- One row per thing said about an imported row: a rejected value or a warning.
create table import_findings (
    run_id uuid not null,
    severity varchar not null,
    row_number bigint,
    column_name varchar not null,
    value varchar not null,
    reason varchar not null,
    order_number varchar not null,
    order_id uuid,
    raw varchar not null
);

-- One row per remembered mapping of a table's header.
create table import_mappings (
    header_hash varchar not null,
    name varchar not null,
    mapping_json varchar not null,
    updated_at timestamp not null
);

-- One row per setting of the shop: value as JSON.
create table settings (
    name varchar not null,
    value_json varchar not null,
    updated_at timestamp not null,
    actor varchar not null
);

-- One row per kept view of the order list: its query as the URL has it.
create table saved_views (
    id uuid not null,
    name varchar not null,
    query varchar not null,
    position integer not null,
    created_at timestamp not null,
    actor varchar not null
);

-- One row per request that must not be done twice, with the answer it got.
create table idempotency_keys (
    scope varchar not null,
    key varchar not null,
    body_hash varchar not null,
    status integer not null,
    answer_json varchar not null,
    happened_at timestamp not null
);
