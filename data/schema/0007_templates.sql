-- One row per version of a mail template that the shop changed, append-only. Which one is in use is a setting
-- (own_templates). is_ours marks the moment when the shop went back to ours; such a row has empty texts.
create table mail_templates (
    id uuid not null,
    template varchar not null,
    language varchar not null,
    subject varchar not null,
    body_text varchar not null,
    body_html varchar not null,
    is_ours boolean not null,
    happened_at timestamp not null,
    actor varchar not null
);
