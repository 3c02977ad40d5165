-- The log of events, made tamper-evident: every event of an order stands in a link, and every link names the one before.

-- One row per event and link; a transaction makes a link over the events that it wrote or took out, a large one several.
-- number counts links without a gap; kind says whether the link's events were written or taken out; digest is the SHA-256
-- of the event as it was then, hash that of the whole link and of the hash before it: the same on all rows of a link.
-- The events that a store has by now are linked when it is opened next.
create table event_links (
    number bigint not null,
    kind varchar not null,
    event_id uuid not null,
    digest blob not null,
    hash blob not null
);
