-- Backups that were made by themselves or asked for, and trials in which one was restored.

-- One row per try. kind: backup or drill; due_on: the shop's day that it was for, null when a person asked; worker: the
-- process that is at it, which says seen_at now and then that it still is; outcome: running, done or failed; folder: the
-- name of the backup among the others; sentence: what went wrong, or is to be known.
create table backup_runs (
    id uuid not null,
    kind varchar not null,
    due_on date,
    worker varchar not null,
    begun_at timestamp not null,
    seen_at timestamp not null,
    ended_at timestamp,
    outcome varchar not null,
    folder varchar not null,
    orders bigint,
    bytes bigint,
    sentence varchar not null
);
