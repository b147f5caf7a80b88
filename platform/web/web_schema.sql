-- step 1: forms that were taken, so that a repeated sending does no work twice.
CREATE TABLE form_done (
    token_hash TEXT   NOT NULL PRIMARY KEY, -- of the form's token, hexadecimal
    status     BIGINT NOT NULL,             -- HTTP status of the first answer
    location   TEXT   NOT NULL,             -- where it led; empty: nowhere
    at         BIGINT NOT NULL              -- Unix seconds, UTC
);
CREATE INDEX form_done_by_at ON form_done (at);
