-- step 1: people, their posts, sessions, failures to sign in.
CREATE TABLE person (
    id          {id},
    login       TEXT   NOT NULL UNIQUE,   -- a-z 0-9 . _ -
    name        TEXT   NOT NULL,
    sort_key    TEXT   NOT NULL,
    folded      TEXT   NOT NULL,
    password    TEXT   NOT NULL,          -- argon2id as libsodium writes it
    password_at BIGINT NOT NULL,
    must_change BIGINT NOT NULL,          -- 1: the password was given by somebody else
    locked      BIGINT NOT NULL,          -- 1: by an administrator
    totp_secret TEXT,                     -- nonce and secret box, hex; the key lies in the data folder
    totp_on     BIGINT NOT NULL,          -- 1: a code has been shown once, so it is asked for
    totp_last   BIGINT NOT NULL,          -- counter of the last code taken, against replay
    created_at  BIGINT NOT NULL
);
CREATE TABLE person_post (
    id       {id},
    person   BIGINT NOT NULL REFERENCES person (id),
    unit     BIGINT NOT NULL REFERENCES unit (id),
    role     BIGINT NOT NULL CHECK (role IN (4, 8, 16, 32, 64)),   -- modules/role.h
    title    TEXT   NOT NULL,             -- Trưởng phòng; '' none
    from_day BIGINT NOT NULL,             -- never in the future
    to_day   BIGINT,                      -- first day on which it is held no more
    ended    BIGINT NOT NULL              -- 1 once to_day has come, set by the daily job
);
CREATE INDEX person_post_by_person ON person_post (person, ended, id);
CREATE INDEX person_post_by_unit ON person_post (unit, ended, id);
CREATE TABLE person_session (
    id         {id},
    token      TEXT   NOT NULL UNIQUE,    -- BLAKE2b of the cookie, hex
    person     BIGINT NOT NULL REFERENCES person (id),
    started_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    remember   BIGINT NOT NULL,
    waiting    BIGINT NOT NULL,           -- 1: the second factor is still owed
    remote     TEXT   NOT NULL,
    device     TEXT   NOT NULL            -- browser and system in words
);
CREATE INDEX person_session_by_person ON person_session (person, id);
CREATE INDEX person_session_by_end ON person_session (ends_at);
CREATE TABLE person_failure (
    subject      TEXT   PRIMARY KEY,      -- BLAKE2b of "login:…" or "address:…": what people mistype is not kept
    failures     BIGINT NOT NULL,
    last_at      BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);
CREATE TABLE person_recovery (
    person  BIGINT NOT NULL REFERENCES person (id),
    code    TEXT   NOT NULL,              -- BLAKE2b, hex
    used_at BIGINT,
    PRIMARY KEY (person, code)
);
CREATE TABLE person_rule (
    unit          BIGINT NOT NULL REFERENCES unit (id),
    role          BIGINT NOT NULL,
    second_factor BIGINT NOT NULL,        -- 1: who holds the role in the unit or below it must have one
    PRIMARY KEY (unit, role)
);
-- Units a person may reach: those of the posts held now, and everything below them.
CREATE VIEW person_reach AS
SELECT DISTINCT pp.person AS person, ur.descendant AS unit
  FROM person_post pp JOIN unit_reach ur ON ur.ancestor = pp.unit
 WHERE pp.ended = 0;
