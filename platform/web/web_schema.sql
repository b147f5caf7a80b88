-- step 1: forms that were taken, so that a repeated sending does no work twice.
CREATE TABLE form_done (
    token    TEXT   NOT NULL PRIMARY KEY, -- when the form was made, and a random number; grows with time
    status   BIGINT NOT NULL,             -- HTTP status of the first answer
    location TEXT   NOT NULL              -- where it led; empty: nowhere
);
