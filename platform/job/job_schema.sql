-- step 1: the durable queue; a schedule's run is a row with a slot.
CREATE TABLE job (
    id               {id},
    kind             TEXT   NOT NULL,
    payload          TEXT   NOT NULL,          -- emptied when done: it may hold personal data
    state            TEXT   NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'given_up')),
    tries            BIGINT NOT NULL,          -- begun so far
    not_before_at    BIGINT NOT NULL,
    slot             BIGINT,                   -- number of the schedule's run; NULL: added by hand
    claimed_by       TEXT,                     -- the process
    claimed_until_at BIGINT,                   -- afterwards the process counts as dead
    last_error       TEXT,
    added_at         BIGINT NOT NULL,
    done_at          BIGINT,
    UNIQUE (kind, slot)                        -- several servers run each slot once
);
CREATE INDEX job_due ON job (state, not_before_at);
