-- What others send us, as it came, and the browsers that the merchant enrolled for push.

-- One row per webhook received, kept before anything is done with it.
-- The body is blanked after a while (trimmed_at): it can hold addresses and programs of people.
create table inbox (
    id uuid not null,
    source varchar not null,
    received_at timestamp not null,
    verdict varchar not null,
    outcome varchar not null,
    provider_id varchar not null,
    content_hash varchar not null,
    size bigint not null,
    body blob not null,
    told_json varchar not null,
    event_count bigint not null,
    unknown_count bigint not null,
    detail varchar not null,
    digested_at timestamp,
    trimmed_at timestamp
);

-- One row per browser that is told of new orders.
create table push_subscriptions (
    id uuid not null,
    endpoint varchar not null,
    p256dh varchar not null,
    auth varchar not null,
    name varchar not null,
    added_at timestamp not null,
    actor varchar not null,
    last_push_at timestamp,
    error varchar not null
);

-- One row per message by push: to which browser it goes.
create table push_messages (
    message_id uuid not null,
    subscription_id uuid not null
);
