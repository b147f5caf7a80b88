-- step 1: imports under review, and the plans that came of them.

-- One file being turned into a plan. Nothing of it counts as a plan before somebody confirms it.
CREATE TABLE plan_import (
    id         {id},
    unit       BIGINT NOT NULL REFERENCES unit (id),   -- the agency whose plan it will be
    source     TEXT   NOT NULL,                        -- sha256 of the file as sent, hex
    hash       TEXT   NOT NULL REFERENCES stored_file (hash),
    file_name  TEXT   NOT NULL,
    document   TEXT   NOT NULL,                        -- the document model as JSON, for showing the source
    reading    TEXT   NOT NULL,                        -- what was read, as JSON; never changed
    draft      TEXT   NOT NULL,                        -- the same, with the corrections made so far
    version    BIGINT NOT NULL DEFAULT 1,              -- grows with each saved correction
    state      TEXT   NOT NULL DEFAULT 'review' CHECK (state IN ('review', 'confirmed', 'dropped')),
    plan       BIGINT,                                 -- plan.id once confirmed
    created_by BIGINT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    changed_by BIGINT NOT NULL REFERENCES person (id),
    changed_at BIGINT NOT NULL
);
-- The same file twice for one agency: the second import is told about the first.
CREATE UNIQUE INDEX plan_import_once ON plan_import (unit, source) WHERE state <> 'dropped';

CREATE TABLE plan (
    id            {id},
    unit          BIGINT NOT NULL REFERENCES unit (id),
    import        BIGINT UNIQUE REFERENCES plan_import (id),   -- NULL: made without a file
    number        TEXT   NOT NULL DEFAULT '',
    day           BIGINT,                                      -- of the document; NULL: not given
    title         TEXT   NOT NULL,
    year          BIGINT NOT NULL,
    year_to       BIGINT NOT NULL,
    agency        TEXT   NOT NULL DEFAULT '',
    parent_agency TEXT   NOT NULL DEFAULT '',
    signer_prefix TEXT   NOT NULL DEFAULT '',
    signer_title  TEXT   NOT NULL DEFAULT '',
    signer_name   TEXT   NOT NULL DEFAULT '',
    folded        TEXT   NOT NULL,                             -- number and title, for search
    created_by    BIGINT NOT NULL REFERENCES person (id),
    created_at    BIGINT NOT NULL
);
CREATE INDEX plan_by_unit ON plan (unit, year);

CREATE TABLE plan_basis (
    id       {id},
    plan     BIGINT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
    kind     TEXT   NOT NULL,
    number   TEXT   NOT NULL DEFAULT '',
    day      BIGINT,
    issuer   TEXT   NOT NULL DEFAULT '',
    position BIGINT NOT NULL
);
CREATE INDEX plan_basis_by_plan ON plan_basis (plan, position);
CREATE INDEX plan_basis_by_number ON plan_basis (number);

-- What else the document says, line by line.
CREATE TABLE plan_line (
    id       {id},
    plan     BIGINT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
    kind     TEXT   NOT NULL CHECK (kind IN ('section', 'citation', 'recipient', 'report')),
    no       TEXT   NOT NULL DEFAULT '',
    wording  TEXT   NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX plan_line_by_plan ON plan_line (plan, kind, position);
