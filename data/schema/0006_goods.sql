-- Goods without parcels: files and the links to them, gift cards and what became of their money.
-- A product is an order line's SKU, or its name where it has none, in lower case.

-- One row per product whose gift cards follow rules of their own; null means as the shop has it.
create table goods (
    product varchar not null,
    card_value decimal(18, 3),
    card_months integer,
    updated_at timestamp not null,
    actor varchar not null
);

-- One row per file of a product; `place` is where its newest version lies under the folder of digital goods.
create table digital_files (
    id uuid not null,
    product varchar not null,
    name varchar not null,
    place varchar not null,
    size bigint not null,
    version integer not null,
    link_days integer,
    link_downloads integer,
    is_ours boolean not null,
    added_at timestamp not null,
    updated_at timestamp not null,
    actor varchar not null,
    removed_at timestamp
);

-- One row per order whose goods are handed over by themselves: what became of that, and why it waits.
create table order_goods (
    order_id uuid not null,
    state varchar not null,
    reason varchar not null,
    about varchar not null,
    updated_at timestamp not null
);

-- One row per link that was granted. The token itself stands here only sealed, and only while a mail may need it.
create table download_links (
    id uuid not null,
    order_id uuid not null,
    event_id uuid not null,
    made_at timestamp not null,
    token_hash varchar not null,
    sealed_token varchar not null,
    language varchar not null
);

-- One row per file that a link opens, for one line of the order.
create table link_files (
    link_id uuid not null,
    order_id uuid not null,
    line_id uuid not null,
    file_id uuid not null,
    allowed integer not null,
    expires_at timestamp not null,
    withdrawn_at timestamp,
    withdrawn_why varchar not null
);

-- One row per download of a file through a link, however many requests it took; `covered_json` are the bytes that
-- were delivered, as pairs of first and last; while it is `busy_until` it holds its place in the count.
create table downloads (
    id uuid not null,
    link_id uuid not null,
    order_id uuid not null,
    file_id uuid not null,
    etag varchar not null,
    size bigint not null,
    covered_json varchar not null,
    sent bigint not null,
    started_at timestamp not null,
    updated_at timestamp not null,
    busy_until timestamp not null,
    completed_at timestamp
);

-- One row per gift card; its balance is the sum of its entries.
create table gift_cards (
    id uuid not null,
    order_id uuid,
    line_id uuid,
    event_id uuid,
    made_at timestamp not null,
    code_hash varchar not null,
    sealed_code varchar not null,
    last4 varchar not null,
    currency varchar not null,
    expires_on date,
    recipient_email varchar not null,
    recipient_name varchar not null,
    sender_name varchar not null,
    message varchar not null,
    send_on date,
    language varchar not null,
    voided_at timestamp,
    voided_why varchar not null
);

-- One row per movement of a card's money; below zero it was spent or taken away.
create table gift_card_entries (
    id uuid not null,
    card_id uuid not null,
    happened_at timestamp not null,
    kind varchar not null,
    amount decimal(18, 3) not null,
    actor varchar not null,
    reason varchar not null,
    order_id uuid,
    payment_id uuid,
    event_id uuid
);
