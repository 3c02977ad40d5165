-- Papers with a number of their own, frozen when issued: invoices and credit notes.

-- One row per issued document. content_json is what it says, so that it prints the same for ever; refund_id is the
-- payment that a credit note is for. Numbers of a series follow each other without a gap.
create table documents (
    id uuid not null,
    order_id uuid not null,
    event_id uuid not null,
    refund_id uuid,
    kind varchar not null,
    series varchar not null,
    position integer not null,
    number varchar not null,
    issued_at timestamp not null,
    issued_on date not null,
    content_json varchar not null
);
