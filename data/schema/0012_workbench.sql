-- Questions that people wrote in SQL.

-- One row per question that was kept by name. parameters_json: type and last value of each parameter, by name;
-- chart_json: the chart that belongs to it, or empty.
create table workbench_queries (
    id uuid not null,
    name varchar not null,
    text varchar not null,
    parameters_json varchar not null,
    chart_json varchar not null,
    created_at timestamp not null,
    updated_at timestamp not null,
    actor varchar not null
);

-- One row per question that was asked, the older ones let go. values_json: what its parameters were; row_count is null
-- where there was no answer, and sentence says why then.
create table workbench_history (
    id uuid not null,
    happened_at timestamp not null,
    actor varchar not null,
    text varchar not null,
    values_json varchar not null,
    state varchar not null,
    row_count bigint,
    took_ms bigint not null,
    sentence varchar not null
);
