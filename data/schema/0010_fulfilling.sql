-- Rounds of fulfilment: orders that somebody picks, packs and ships together.

-- One row per round.
create table rounds (
    id uuid not null,
    started_at timestamp not null,
    actor varchar not null,
    closed_at timestamp,
    job_id uuid
);

-- One row per order in a round; an order stands in one open round at most. left_at: it was put back on the shelf.
create table round_orders (
    round_id uuid not null,
    order_id uuid not null,
    position integer not null,
    carrier varchar not null,
    tracking_number varchar not null,
    packed_at timestamp,
    left_at timestamp
);

-- One row per order line of which something was picked in a round.
create table round_picks (
    round_id uuid not null,
    order_id uuid not null,
    line_id uuid not null,
    picked decimal(18, 3) not null
);
