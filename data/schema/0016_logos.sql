-- The logos of issued documents: each kept once, however many documents bear it.

-- One row per logo. name is the SHA-256 of its SVG as hexadecimal digits: what content_json of documents has as "logo".
-- Documents that were issued before this table was there hold their SVG themselves.
create table document_logos (
    name varchar not null,
    svg varchar not null,
    kept_at timestamp not null
);
