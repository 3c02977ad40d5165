-- One row per thing that a person asked for many orders at once. about_json holds what was asked; holder and
-- lease_until say which process works on it, and until when nobody else may.
create table jobs (
    id uuid not null,
    kind varchar not null,
    state varchar not null,
    actor varchar not null,
    language varchar not null,
    about_json varchar not null,
    item_count bigint not null,
    created_at timestamp not null,
    started_at timestamp,
    finished_at timestamp,
    fault varchar not null,
    undoes uuid,
    holder varchar not null,
    lease_until timestamp
);

-- One row per order of a job, as it was chosen: the version that was seen (null: any) and what is its own alone.
create table job_items (
    job_id uuid not null,
    position integer not null,
    order_id uuid not null,
    version integer,
    params_json varchar not null
);

-- One row per order of a job that was settled, written with the change of the order itself.
create table job_results (
    job_id uuid not null,
    position integer not null,
    order_id uuid not null,
    outcome varchar not null,
    sentence varchar not null,
    event_id uuid,
    message_count integer not null,
    happened_at timestamp not null
);
