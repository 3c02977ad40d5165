-- Charts that people keep, the boards they stand on, alerts over figures, and reports that go out by mail.

-- One row per chart that was kept. asked_json: what is asked (figures, by, query, period in words, clock, currency);
-- kind: how it is drawn.
create table kept_charts (
    id uuid not null,
    title varchar not null,
    asked_json varchar not null,
    kind varchar not null,
    created_at timestamp not null,
    updated_at timestamp not null,
    actor varchar not null
);

-- One row per board.
create table boards (
    id uuid not null,
    title varchar not null,
    position integer not null,
    created_at timestamp not null,
    updated_at timestamp not null,
    actor varchar not null
);

-- One row per chart on a board: where it stands, and whether it takes the whole width.
create table board_charts (
    board_id uuid not null,
    chart_id uuid not null,
    position integer not null,
    is_wide boolean not null
);

-- One row per alert: told when figure under query and span stands over or under threshold. least counts what the figure
-- must be made of to mean anything; from_hour to until_hour are hours of the shop's day in which it is watched.
create table alerts (
    id uuid not null,
    title varchar not null,
    figure varchar not null,
    query varchar not null,
    span varchar not null,
    currency varchar not null,
    comparison varchar not null,
    threshold decimal(18, 3) not null,
    least integer not null,
    from_hour integer not null,
    until_hour integer not null,
    tells_mail boolean not null,
    tells_push boolean not null,
    tells_end boolean not null,
    is_paused boolean not null,
    created_at timestamp not null,
    updated_at timestamp not null,
    actor varchar not null
);

-- One row per alert that was ever checked: whether its condition holds, since when, and when somebody was told last.
-- value_at is when the condition was last asked; value is null where there was no figure; sentence says what was wrong.
create table alert_states (
    alert_id uuid not null,
    is_raised boolean not null,
    since timestamp,
    told_at timestamp,
    value decimal(18, 3),
    value_at timestamp not null,
    sentence varchar not null
);

-- One row per report: a chart or a board (the other is null), by mail every day, week or month at an hour of the shop.
-- period: that of every chart in it, or empty for each its own; recipients_json: a list of addresses.
create table reports (
    id uuid not null,
    title varchar not null,
    chart_id uuid,
    board_id uuid,
    period varchar not null,
    rhythm varchar not null,
    weekday integer not null,
    month_day integer not null,
    hour integer not null,
    recipients_json varchar not null,
    is_paused boolean not null,
    created_at timestamp not null,
    updated_at timestamp not null,
    actor varchar not null
);

-- One row per day on which a report was due and what became of it; sentence says why it could not be made.
create table report_runs (
    id uuid not null,
    report_id uuid not null,
    due_on date not null,
    made_at timestamp not null,
    count_mails integer not null,
    sentence varchar not null
);

-- One row per file that goes with a message, in the order of position. content: Base64; content_id: how the HTML names
-- a picture that stands inside it, or empty.
create table message_attachments (
    message_id uuid not null,
    position integer not null,
    name varchar not null,
    type varchar not null,
    content_id varchar not null,
    content varchar not null
);
