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

-- step 2: the plan above, and what the unit answers to each of its tasks.
-- number_key: number without signs, case and marks (plan_number_key), so that "74/KH - SYT" is found.
ALTER TABLE plan ADD COLUMN number_key TEXT NOT NULL DEFAULT '';
ALTER TABLE plan_basis ADD COLUMN number_key TEXT NOT NULL DEFAULT '';
UPDATE plan SET number_key = lower(replace(replace(replace(replace(number, '/', ' '), '-', ' '), 'Đ', 'd'), 'đ', 'd'));
UPDATE plan_basis SET number_key = lower(replace(replace(replace(replace(number, '/', ' '), '-', ' '), 'Đ', 'd'), 'đ', 'd'));
CREATE INDEX plan_by_number_key ON plan (number_key);
CREATE INDEX plan_basis_by_number_key ON plan_basis (number_key);

-- One of its bases is a plan that is here, too.
CREATE TABLE plan_above (
    plan   BIGINT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
    above  BIGINT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
    state  TEXT   NOT NULL CHECK (state IN ('found', 'set', 'cut')),   -- by its number; by a person; a person says it is not
    person BIGINT REFERENCES person (id),
    at     BIGINT NOT NULL,
    PRIMARY KEY (plan, above),
    CHECK (plan <> above)
);
CREATE INDEX plan_above_by_above ON plan_above (above, plan);

-- A unit answers each task of the plan above once, in whichever of its plans.
CREATE TABLE plan_answer (
    id     {id},
    unit   BIGINT NOT NULL REFERENCES unit (id),
    task   BIGINT NOT NULL REFERENCES task (id) ON DELETE CASCADE,     -- of the plan above
    plan   BIGINT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,     -- in which it is answered
    kind   TEXT   NOT NULL CHECK (kind IN ('taken', 'merged', 'refused')),
    own    BIGINT REFERENCES task (id) ON DELETE CASCADE,              -- the task here; NULL when refused
    reason TEXT   NOT NULL DEFAULT '',                                 -- of a refusal
    person BIGINT NOT NULL REFERENCES person (id),
    at     BIGINT NOT NULL,
    UNIQUE (unit, task),
    CHECK ((own IS NULL) = (kind = 'refused'))
);
CREATE INDEX plan_answer_by_task ON plan_answer (task, unit);
CREATE INDEX plan_answer_by_plan ON plan_answer (plan);
CREATE INDEX plan_answer_by_own ON plan_answer (own);

-- step 3: a review by several people: what each of them changed, and who is there.

-- One saving of a draft. Changes of others since the version that a person saw are merged field by field; the last steps
-- of one's own can be taken back.
CREATE TABLE plan_step (
    id      {id},
    import  BIGINT NOT NULL REFERENCES plan_import (id),
    version BIGINT NOT NULL,                               -- of the draft that it made
    kind    TEXT   NOT NULL CHECK (kind IN ('edit', 'undo')),
    changes TEXT   NOT NULL,                               -- JSON: for each field what was and what is
    person  BIGINT NOT NULL REFERENCES person (id),
    at      BIGINT NOT NULL,
    undone  BIGINT NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    UNIQUE (import, version)
);

CREATE TABLE plan_reviewer (
    import BIGINT NOT NULL REFERENCES plan_import (id),
    person BIGINT NOT NULL REFERENCES person (id),
    seen   BIGINT NOT NULL,                                -- when the review was last open at this person's
    PRIMARY KEY (import, person)
);

-- step 4: versions of a plan. An amendment ("điều chỉnh, bổ sung") is the next one, in force from a day.
ALTER TABLE plan_import ADD COLUMN amends BIGINT REFERENCES plan (id);    -- the plan it changes; NULL: a plan of its own
CREATE TABLE plan_version (
    id       {id},
    plan     BIGINT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
    version  BIGINT NOT NULL CHECK (version >= 1),
    import   BIGINT REFERENCES plan_import (id),                          -- its file; NULL: made without one
    number   TEXT   NOT NULL,                                             -- of its document
    day      BIGINT,
    title    TEXT   NOT NULL,
    from_day BIGINT NOT NULL,
    person   BIGINT NOT NULL REFERENCES person (id),
    at       BIGINT NOT NULL,
    UNIQUE (plan, version)
);
INSERT INTO plan_version (plan, version, import, number, day, title, from_day, person, at)
SELECT id, 1, import, number, day, title, COALESCE(day, (created_at + 25200) / 86400), created_by, created_at FROM plan;
-- What a version changed: a row for each field, one with label '' for a task that came or went.
CREATE TABLE plan_change (
    id      {id},
    plan    BIGINT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    task    BIGINT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    kind    TEXT   NOT NULL CHECK (kind IN ('added', 'changed', 'withdrawn')),
    label   TEXT   NOT NULL,                                              -- "Thời gian"
    was     TEXT   NOT NULL,
    now     TEXT   NOT NULL
);
CREATE INDEX plan_change_by_plan ON plan_change (plan, version, task);

-- step 5: files of an import and their pages: pictures are recognised one by one, and pages are shown beside the result.
-- 1 while pages are recognised; document, reading and draft are empty until then. trouble: why the whole could not be read.
ALTER TABLE plan_import ADD COLUMN scanning BIGINT NOT NULL DEFAULT 0;
ALTER TABLE plan_import ADD COLUMN trouble TEXT NOT NULL DEFAULT '';

CREATE TABLE plan_import_file (
    import   BIGINT NOT NULL REFERENCES plan_import (id),
    position BIGINT NOT NULL,                              -- from 1
    hash     TEXT   NOT NULL REFERENCES stored_file (hash),
    name     TEXT   NOT NULL,
    model    TEXT   NOT NULL REFERENCES stored_file (hash), -- what the reader made of it, without its pictures
    PRIMARY KEY (import, position)
);

CREATE TABLE plan_import_page (
    import    BIGINT NOT NULL REFERENCES plan_import (id),
    page      BIGINT NOT NULL,                             -- of the whole, from 1
    position  BIGINT NOT NULL,                             -- of its file
    file_page BIGINT NOT NULL,                             -- in its file, from 1
    state     TEXT   NOT NULL CHECK (state IN ('waiting', 'queued', 'done', 'failed', 'skipped')),
    result    TEXT REFERENCES stored_file (hash),          -- what was recognised; NULL: its words were no picture
    image     TEXT REFERENCES stored_file (hash),          -- how it looks; NULL: not made yet
    width     BIGINT NOT NULL,                             -- points
    height    BIGINT NOT NULL,
    error     TEXT   NOT NULL DEFAULT '',                  -- why it could not be recognised
    PRIMARY KEY (import, page)
);

-- step 6: tasks meant for everybody below: they name nobody, or all in a wording that is no unit of the tree.
-- First letters are left out of the patterns, so that "Các đơn vị" and "các đơn vị" are found on both databases.
CREATE VIEW plan_for_all AS
SELECT t.id AS task, t.plan AS plan
  FROM task t
 WHERE NOT EXISTS (SELECT 1 FROM task_unit u WHERE u.task = t.id)
    OR EXISTS (SELECT 1 FROM task_unit u WHERE u.task = t.id AND u.unit IS NULL
                  AND (u.wording LIKE '%ác đơn vị%' OR u.wording LIKE '%ác cơ quan%' OR u.wording LIKE '%ác trung tâm%'
                       OR u.wording LIKE '%ác bệnh viện%' OR u.wording LIKE '%oàn ngành%' OR u.wording LIKE '%ất cả%'
                       OR u.wording LIKE '%ọi đơn vị%'));

-- step 7: what people's corrections taught. A unit is remembered for the agency at once; all else is offered to an administrator.
CREATE TABLE plan_learned (
    id         {id},
    kind       TEXT   NOT NULL CHECK (kind IN ('unit', 'label', 'time', 'wording')),
    unit       BIGINT NOT NULL REFERENCES unit (id),       -- the agency that corrected it; of kind 'unit' for which it holds
    scope      BIGINT NOT NULL,                            -- of kind 'unit' the agency again; else 0: the whole installation
    seen       TEXT   NOT NULL,                            -- as the document has it
    seen_key   TEXT   NOT NULL,                            -- without marks, case and signs; of misread wording as it is
    meant      TEXT   NOT NULL,                            -- name of a field, a wording of the time, the right words; '' of a unit
    target     BIGINT REFERENCES unit (id),                -- of kind 'unit'
    passage    TEXT   NOT NULL,                            -- where it was met: read again to see that the entry still works
    import     BIGINT REFERENCES plan_import (id),
    times      BIGINT NOT NULL DEFAULT 1,                  -- how often people corrected it so
    state      TEXT   NOT NULL CHECK (state IN ('offered', 'approved', 'refused', 'withdrawn')),
    person     BIGINT NOT NULL REFERENCES person (id),
    at         BIGINT NOT NULL,
    decided_by BIGINT REFERENCES person (id),
    decided_at BIGINT,
    UNIQUE (kind, scope, seen_key, meant)
);
CREATE INDEX plan_learned_by_state ON plan_learned (state, kind, id);
