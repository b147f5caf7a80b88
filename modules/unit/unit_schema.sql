-- step 1: units whose names and parents are dated.
-- A row is valid from from_day up to the day before to_day. to_day NULL marks what is valid now: a change
-- ordered for a later day waits in unit_change and is carried out on that day, so no open row lies in the future.
CREATE TABLE unit (
    id         {id},
    code       TEXT   NOT NULL UNIQUE,   -- for commands and addresses: ttytsh
    kind       TEXT   NOT NULL,          -- a code of unit_kinds[]
    opened_day BIGINT NOT NULL,
    closed_day BIGINT                    -- first day on which it is no more
);
CREATE TABLE unit_name (
    id         {id},
    unit       BIGINT NOT NULL REFERENCES unit (id),
    name       TEXT   NOT NULL,          -- Phòng Tổ chức - Hành chính
    short_name TEXT   NOT NULL,          -- Phòng TCHC; the name when there is none
    symbol     TEXT   NOT NULL,          -- in document numbers: TTYTSH; '' when it issues none
    sort_key   TEXT   NOT NULL,
    folded     TEXT   NOT NULL,          -- keys of name, short name and symbol, for search
    from_day   BIGINT NOT NULL,
    to_day     BIGINT,
    basis      TEXT   NOT NULL,          -- the document that ordered it; '' unknown
    CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE UNIQUE INDEX unit_name_now ON unit_name (unit) WHERE to_day IS NULL;
CREATE INDEX unit_name_by_unit ON unit_name (unit, from_day);
CREATE TABLE unit_link (
    id         {id},
    unit       BIGINT NOT NULL REFERENCES unit (id),
    parent     BIGINT NOT NULL REFERENCES unit (id),
    kind       TEXT   NOT NULL CHECK (kind IN ('admin', 'professional')),
    from_day   BIGINT NOT NULL,
    to_day     BIGINT,
    basis      TEXT   NOT NULL,
    CHECK (unit <> parent),
    CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE UNIQUE INDEX unit_link_now ON unit_link (unit, kind) WHERE to_day IS NULL;
CREATE INDEX unit_link_by_parent ON unit_link (parent, kind, from_day);
CREATE INDEX unit_link_by_unit ON unit_link (unit, from_day);
CREATE TABLE unit_successor (            -- a merged unit lives on in these
    unit       BIGINT NOT NULL REFERENCES unit (id),
    successor  BIGINT NOT NULL REFERENCES unit (id),
    from_day   BIGINT NOT NULL,
    basis      TEXT   NOT NULL,
    PRIMARY KEY (unit, successor)
);
CREATE TABLE unit_change (               -- ordered for a later day
    id         {id},
    unit       BIGINT NOT NULL REFERENCES unit (id),
    action     TEXT   NOT NULL CHECK (action IN ('rename', 'move', 'merge', 'close')),
    name       TEXT,
    short_name TEXT,
    symbol     TEXT,
    target     BIGINT REFERENCES unit (id),   -- the new parent, or the unit it is merged into
    link       TEXT,
    from_day   BIGINT NOT NULL,
    basis      TEXT   NOT NULL,
    done_at    BIGINT
);
CREATE INDEX unit_change_waiting ON unit_change (from_day, id) WHERE done_at IS NULL;
-- Everything at or below a unit on the professional line, now; kept by unit.c with every change.
CREATE TABLE unit_reach (
    ancestor   BIGINT NOT NULL REFERENCES unit (id),
    descendant BIGINT NOT NULL REFERENCES unit (id),
    PRIMARY KEY (ancestor, descendant)
);
CREATE INDEX unit_reach_up ON unit_reach (descendant, ancestor);
-- What is valid now, closed units left out: for choices and lists of units.
CREATE VIEW unit_now AS
SELECT u.id, u.code, u.kind, n.name, n.short_name, n.symbol, n.sort_key, n.folded,
       p.parent AS parent, a.parent AS admin_parent
  FROM unit u
  JOIN unit_name n ON n.unit = u.id AND n.to_day IS NULL
  LEFT JOIN unit_link p ON p.unit = u.id AND p.kind = 'professional' AND p.to_day IS NULL
  LEFT JOIN unit_link a ON a.unit = u.id AND a.kind = 'admin' AND a.to_day IS NULL
 WHERE u.closed_day IS NULL;
-- Every unit there ever was under its last name: for records that may point at a closed one.
CREATE VIEW unit_any AS
SELECT u.id, u.code, u.kind, n.name, n.short_name, n.symbol, n.sort_key, n.folded, u.closed_day
  FROM unit u JOIN unit_name n ON n.unit = u.id AND n.to_day IS NULL;

-- step 2: where a unit signs its papers.
ALTER TABLE unit ADD COLUMN place TEXT NOT NULL DEFAULT '';   -- địa danh before the date (NĐ 30/2020, Phụ lục I, II.4); '' not entered
