-- One row per order that an import changed and table that holds a part of it: that order's rows as they were before,
-- a JSON array. version is the order's own right after the change: another one says that somebody has acted since.
create table import_befores (
    run_id uuid not null,
    order_id uuid not null,
    version integer not null,
    part varchar not null,
    rows_json varchar not null
);
