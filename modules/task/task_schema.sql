-- step 1: working days, tasks, their units and products, occurrences and proof.

-- Days that differ from Monday to Friday. One day may have several rows (a proposal beside a decision).
CREATE TABLE working_day (
    id          {id},
    day         BIGINT NOT NULL,
    works       BIGINT NOT NULL CHECK (works IN (0, 1)),
    name        TEXT   NOT NULL,
    legal_basis TEXT   NOT NULL,
    active      BIGINT NOT NULL DEFAULT 1,   -- 0: shipped switched off
    UNIQUE (day, name)
);

-- The six fields of reform (Nghị quyết 76/NQ-CP ngày 15/7/2021).
CREATE TABLE task_area (
    id    BIGINT NOT NULL PRIMARY KEY,
    name  TEXT   NOT NULL
);
INSERT INTO task_area (id, name) VALUES
    (1, 'Thể chế'), (2, 'Thủ tục hành chính'), (3, 'Tổ chức bộ máy'),
    (4, 'Chế độ công vụ'), (5, 'Tài chính công'), (6, 'Chính quyền số');

CREATE TABLE task (
    id              {id},
    plan            BIGINT NOT NULL DEFAULT 0,              -- plan.id; 0: added by hand
    unit            BIGINT NOT NULL REFERENCES unit (id),   -- the agency whose task it is
    parent          BIGINT REFERENCES task (id),
    area            BIGINT NOT NULL DEFAULT 0,              -- task_area.id; 0: none of the six
    position        BIGINT NOT NULL DEFAULT 0,
    no              TEXT   NOT NULL DEFAULT '',
    heading         TEXT   NOT NULL DEFAULT '',             -- heading or group row above
    title           TEXT   NOT NULL,
    folded          TEXT   NOT NULL,                        -- number, title, heading and units, for search
    time_raw        TEXT   NOT NULL DEFAULT '',
    time_words      TEXT   NOT NULL DEFAULT '',             -- the schedule in words
    kind            TEXT   NOT NULL CHECK (kind IN ('none', 'continuous', 'frequency', 'deadline', 'period', 'on_request')),
    per             TEXT   NOT NULL DEFAULT '' CHECK (per IN ('', 'week', 'month', 'quarter', 'year')),
    count           BIGINT NOT NULL DEFAULT 0,
    year            BIGINT NOT NULL,
    start_day       BIGINT NOT NULL DEFAULT 0,              -- 0: 1/1 of the year
    end_day         BIGINT NOT NULL DEFAULT 0,              -- 0: 31/12 of the year
    budget          TEXT   NOT NULL DEFAULT '',
    responsible     BIGINT REFERENCES person (id),          -- rõ người
    responsible_raw TEXT   NOT NULL DEFAULT '',
    leader          BIGINT REFERENCES person (id),          -- rõ trách nhiệm
    leader_raw      TEXT   NOT NULL DEFAULT '',
    approver        BIGINT REFERENCES person (id),          -- rõ thẩm quyền
    approver_raw    TEXT   NOT NULL DEFAULT '',
    state           TEXT   NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'cancelled')),
    reason          TEXT   NOT NULL DEFAULT '',             -- why it was cancelled
    created_by      BIGINT REFERENCES person (id),
    created_at      BIGINT NOT NULL
);
CREATE INDEX task_by_plan ON task (plan, position);
CREATE INDEX task_by_unit ON task (unit, state);
CREATE INDEX task_by_parent ON task (parent);

-- Due days of a deadline, as written.
CREATE TABLE task_due (
    task BIGINT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    day  BIGINT NOT NULL,
    PRIMARY KEY (task, day)
);

CREATE TABLE task_unit (
    id       {id},
    task     BIGINT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    unit     BIGINT REFERENCES unit (id),                   -- NULL: the wording matches no unit
    role     TEXT   NOT NULL CHECK (role IN ('lead', 'partner')),
    wording  TEXT   NOT NULL DEFAULT '',
    is_set   BIGINT NOT NULL DEFAULT 0,                     -- the wording names a set of units
    proves   BIGINT NOT NULL DEFAULT 0,                     -- proves each occurrence by itself
    position BIGINT NOT NULL
);
CREATE INDEX task_unit_by_task ON task_unit (task, position);
CREATE INDEX task_unit_by_unit ON task_unit (unit, task);

CREATE TABLE task_product (
    id       {id},
    task     BIGINT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    wording  TEXT   NOT NULL,
    kind     TEXT   NOT NULL,                               -- code of task_kinds
    quantity BIGINT NOT NULL DEFAULT 0,
    position BIGINT NOT NULL
);
CREATE INDEX task_product_by_task ON task_product (task, position);

-- What the reading of a document left unsure; a row goes when a person has checked it. ro: 1..6.
CREATE TABLE task_doubt (
    task BIGINT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    ro   BIGINT NOT NULL CHECK (ro BETWEEN 1 AND 6),
    PRIMARY KEY (task, ro)
);

-- One unit's proof for one due day. number: order of the due day in the task, from 1.
CREATE TABLE occurrence (
    id           {id},
    task         BIGINT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    unit         BIGINT NOT NULL REFERENCES unit (id),      -- who must prove
    number       BIGINT NOT NULL,
    label        TEXT   NOT NULL,
    start_day    BIGINT NOT NULL,
    end_day      BIGINT NOT NULL,                           -- as written
    due_day      BIGINT NOT NULL,                           -- rolled to a working day
    strict       BIGINT NOT NULL DEFAULT 1,                 -- 0: never overdue
    quota        BIGINT NOT NULL DEFAULT 1,
    made         BIGINT NOT NULL DEFAULT 0,
    state        TEXT   NOT NULL DEFAULT 'open'
                 CHECK (state IN ('open', 'submitted', 'returned', 'done', 'cancelled')),
    cause        TEXT   NOT NULL DEFAULT '',                -- what woke an on_request task
    note         TEXT   NOT NULL DEFAULT '',
    submitted_by BIGINT REFERENCES person (id),
    submitted_at BIGINT NOT NULL DEFAULT 0,
    decided_by   BIGINT REFERENCES person (id),
    decided_at   BIGINT NOT NULL DEFAULT 0,
    reason       TEXT   NOT NULL DEFAULT '',                -- of the last return or reopening
    UNIQUE (task, unit, number)
);
CREATE INDEX occurrence_by_unit ON occurrence (unit, state, due_day);

CREATE TABLE evidence (
    id         {id},
    occurrence BIGINT NOT NULL REFERENCES occurrence (id) ON DELETE CASCADE,
    kind       TEXT   NOT NULL CHECK (kind IN ('photo', 'file', 'link')),
    hash       TEXT   REFERENCES stored_file (hash),
    source     TEXT   UNIQUE,                               -- sha256 as sent: one file proves once
    file_name  TEXT   NOT NULL DEFAULT '',
    url        TEXT   NOT NULL DEFAULT '',
    person     BIGINT NOT NULL REFERENCES person (id),
    at         BIGINT NOT NULL
);
CREATE INDEX evidence_by_occurrence ON evidence (occurrence);
CREATE INDEX evidence_by_hash ON evidence (hash);

CREATE TABLE task_event (
    id         {id},
    task       BIGINT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    occurrence BIGINT,
    kind       TEXT   NOT NULL,                             -- add change assign cancel trigger submit withdraw approve return reopen
    person     BIGINT REFERENCES person (id),
    at         BIGINT NOT NULL,
    summary    TEXT   NOT NULL                              -- Vietnamese, starts with a verb: "nộp kết quả Quý I/2026"
);
CREATE INDEX task_event_by_task ON task_event (task, id);

-- The six rõ of each task: 'ok' clear, 'q' read but not sure, '' missing. The one place that decides it.
CREATE VIEW task_ro AS
SELECT t.id AS task,
       CASE WHEN t.responsible IS NOT NULL OR t.responsible_raw <> '' OR EXISTS
                 (SELECT 1 FROM task_unit u WHERE u.task = t.id AND u.role = 'lead' AND u.is_set = 0 AND u.unit IS NOT NULL)
            THEN CASE WHEN EXISTS (SELECT 1 FROM task_doubt d WHERE d.task = t.id AND d.ro = 1) THEN 'q' ELSE 'ok' END
            WHEN EXISTS (SELECT 1 FROM task_unit u WHERE u.task = t.id AND u.role = 'lead') THEN 'q'
            ELSE '' END AS ro1,
       CASE WHEN EXISTS (SELECT 1 FROM task_doubt d WHERE d.task = t.id AND d.ro = 2) THEN 'q' ELSE 'ok' END AS ro2,
       CASE WHEN t.kind = 'none' THEN CASE WHEN t.time_raw <> '' THEN 'q' ELSE '' END
            WHEN EXISTS (SELECT 1 FROM task_doubt d WHERE d.task = t.id AND d.ro = 3) THEN 'q'
            ELSE 'ok' END AS ro3,
       CASE WHEN t.leader IS NULL AND t.leader_raw = '' THEN ''
            WHEN EXISTS (SELECT 1 FROM task_doubt d WHERE d.task = t.id AND d.ro = 4) THEN 'q'
            ELSE 'ok' END AS ro4,
       CASE WHEN EXISTS (SELECT 1 FROM task_product p WHERE p.task = t.id AND (p.kind <> 'other' OR p.quantity > 0))
            THEN CASE WHEN EXISTS (SELECT 1 FROM task_doubt d WHERE d.task = t.id AND d.ro = 5) THEN 'q' ELSE 'ok' END
            WHEN EXISTS (SELECT 1 FROM task_product p WHERE p.task = t.id) THEN 'q'
            ELSE '' END AS ro5,
       CASE WHEN t.approver IS NULL AND t.approver_raw = '' THEN ''
            WHEN EXISTS (SELECT 1 FROM task_doubt d WHERE d.task = t.id AND d.ro = 6) THEN 'q'
            ELSE 'ok' END AS ro6
  FROM task t;

CREATE VIEW task_missing AS
SELECT r.task, r.ro1, r.ro2, r.ro3, r.ro4, r.ro5, r.ro6,
       CAST(CASE r.ro1 WHEN 'ok' THEN 1 ELSE 0 END + CASE r.ro2 WHEN 'ok' THEN 1 ELSE 0 END
          + CASE r.ro3 WHEN 'ok' THEN 1 ELSE 0 END + CASE r.ro4 WHEN 'ok' THEN 1 ELSE 0 END
          + CASE r.ro5 WHEN 'ok' THEN 1 ELSE 0 END + CASE r.ro6 WHEN 'ok' THEN 1 ELSE 0 END AS BIGINT) AS ro_count,
       CASE r.ro1 WHEN '' THEN ', người' ELSE '' END || CASE r.ro2 WHEN '' THEN ', việc' ELSE '' END
    || CASE r.ro3 WHEN '' THEN ', thời gian' ELSE '' END || CASE r.ro4 WHEN '' THEN ', trách nhiệm' ELSE '' END
    || CASE r.ro5 WHEN '' THEN ', sản phẩm' ELSE '' END || CASE r.ro6 WHEN '' THEN ', thẩm quyền' ELSE '' END AS missing,
       CASE r.ro1 WHEN 'q' THEN ', người' ELSE '' END || CASE r.ro2 WHEN 'q' THEN ', việc' ELSE '' END
    || CASE r.ro3 WHEN 'q' THEN ', thời gian' ELSE '' END || CASE r.ro4 WHEN 'q' THEN ', trách nhiệm' ELSE '' END
    || CASE r.ro5 WHEN 'q' THEN ', sản phẩm' ELSE '' END || CASE r.ro6 WHEN 'q' THEN ', thẩm quyền' ELSE '' END AS unsure
  FROM task_ro r;

-- With the words that a screen reader speaks: "4/6 rõ, thiếu thời gian, cần kiểm tra sản phẩm".
CREATE VIEW task_six_reckoned AS
SELECT m.task, m.ro1, m.ro2, m.ro3, m.ro4, m.ro5, m.ro6, m.ro_count,
       CAST(m.ro_count AS TEXT) || '/6 rõ'
    || CASE m.missing WHEN '' THEN '' ELSE ', thiếu ' || substr(m.missing, 3) END
    || CASE m.unsure WHEN '' THEN '' ELSE ', cần kiểm tra ' || substr(m.unsure, 3) END AS ro_label
  FROM task_missing m;

-- The same as reckoned at the last change of the task: lists read it often.
CREATE TABLE task_six (
    task     BIGINT NOT NULL PRIMARY KEY REFERENCES task (id) ON DELETE CASCADE,
    ro1      TEXT   NOT NULL,
    ro2      TEXT   NOT NULL,
    ro3      TEXT   NOT NULL,
    ro4      TEXT   NOT NULL,
    ro5      TEXT   NOT NULL,
    ro6      TEXT   NOT NULL,
    ro_count BIGINT NOT NULL,
    ro_label TEXT   NOT NULL
);

-- step 2: days off and swapped days of 2025 to 2027; further years are added by the administrator.
-- The days off for Tết, Quốc khánh and swaps are fixed by a decision each year; 2027 stands as reckoned.
INSERT INTO working_day (day, works, name, legal_basis, active) VALUES
    (20089, 0, 'Tết Dương lịch', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2025-01-01
    (20115, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2025 do Thủ tướng Chính phủ quyết định', 1), -- 2025-01-27
    (20116, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2025 do Thủ tướng Chính phủ quyết định', 1), -- 2025-01-28
    (20117, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2025 do Thủ tướng Chính phủ quyết định', 1), -- 2025-01-29
    (20118, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2025 do Thủ tướng Chính phủ quyết định', 1), -- 2025-01-30
    (20119, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2025 do Thủ tướng Chính phủ quyết định', 1), -- 2025-01-31
    (20185, 0, 'Giỗ Tổ Hùng Vương', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2025-04-07
    (20204, 1, 'Làm bù cho ngày 2/5', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2025 do Thủ tướng Chính phủ quyết định', 1), -- 2025-04-26
    (20208, 0, 'Ngày Chiến thắng', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2025-04-30
    (20209, 0, 'Ngày Quốc tế lao động', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2025-05-01
    (20210, 0, 'Hoán đổi với ngày 26/4', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2025 do Thủ tướng Chính phủ quyết định', 1), -- 2025-05-02
    (20332, 0, 'Quốc khánh', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2025 do Thủ tướng Chính phủ quyết định', 1), -- 2025-09-01
    (20333, 0, 'Quốc khánh', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2025-09-02
    (20454, 0, 'Tết Dương lịch', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2026-01-01
    (20455, 0, 'Hoán đổi với ngày 10/1', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2026 do Thủ tướng Chính phủ quyết định', 1), -- 2026-01-02
    (20463, 1, 'Làm bù cho ngày 2/1', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2026 do Thủ tướng Chính phủ quyết định', 1), -- 2026-01-10
    (20500, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2026 do Thủ tướng Chính phủ quyết định', 1), -- 2026-02-16
    (20501, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2026 do Thủ tướng Chính phủ quyết định', 1), -- 2026-02-17
    (20502, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2026 do Thủ tướng Chính phủ quyết định', 1), -- 2026-02-18
    (20503, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2026 do Thủ tướng Chính phủ quyết định', 1), -- 2026-02-19
    (20504, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2026 do Thủ tướng Chính phủ quyết định', 1), -- 2026-02-20
    (20569, 0, 'Giỗ Tổ Hùng Vương', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2026-04-26
    (20570, 0, 'Nghỉ bù Giỗ Tổ Hùng Vương', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2026-04-27
    (20573, 0, 'Ngày Chiến thắng', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2026-04-30
    (20574, 0, 'Ngày Quốc tế lao động', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2026-05-01
    (20687, 1, 'Làm bù cho ngày 31/8', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2026 do Thủ tướng Chính phủ quyết định', 1), -- 2026-08-22
    (20696, 0, 'Hoán đổi với ngày 22/8', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2026 do Thủ tướng Chính phủ quyết định', 1), -- 2026-08-31
    (20697, 0, 'Quốc khánh', 'Bộ luật Lao động 2019, Điều 112; kế hoạch nghỉ Tết, nghỉ lễ năm 2026 do Thủ tướng Chính phủ quyết định', 1), -- 2026-09-01
    (20698, 0, 'Quốc khánh', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2026-09-02
    (20781, 0, 'Ngày Văn hóa Việt Nam', 'Nghị quyết 80-NQ/TW, Nghị quyết 30/NQ-CP năm 2026; chưa áp dụng, chờ sửa Điều 112 Bộ luật Lao động', 0), -- 2026-11-24
    (20819, 0, 'Tết Dương lịch', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2027-01-01
    (20854, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; tạm tính, chờ Thủ tướng Chính phủ quyết định kế hoạch nghỉ năm 2027', 1), -- 2027-02-05
    (20855, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; tạm tính, chờ Thủ tướng Chính phủ quyết định kế hoạch nghỉ năm 2027', 1), -- 2027-02-06
    (20856, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; tạm tính, chờ Thủ tướng Chính phủ quyết định kế hoạch nghỉ năm 2027', 1), -- 2027-02-07
    (20857, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; tạm tính, chờ Thủ tướng Chính phủ quyết định kế hoạch nghỉ năm 2027', 1), -- 2027-02-08
    (20858, 0, 'Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; tạm tính, chờ Thủ tướng Chính phủ quyết định kế hoạch nghỉ năm 2027', 1), -- 2027-02-09
    (20859, 0, 'Nghỉ bù Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; tạm tính, chờ Thủ tướng Chính phủ quyết định kế hoạch nghỉ năm 2027', 1), -- 2027-02-10
    (20860, 0, 'Nghỉ bù Tết Âm lịch', 'Bộ luật Lao động 2019, Điều 112; tạm tính, chờ Thủ tướng Chính phủ quyết định kế hoạch nghỉ năm 2027', 1), -- 2027-02-11
    (20924, 0, 'Giỗ Tổ Hùng Vương', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2027-04-16
    (20938, 0, 'Ngày Chiến thắng', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2027-04-30
    (20939, 0, 'Ngày Quốc tế lao động', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2027-05-01
    (20941, 0, 'Nghỉ bù Ngày Quốc tế lao động', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2027-05-03
    (21063, 0, 'Quốc khánh', 'Bộ luật Lao động 2019, Điều 112', 1), -- 2027-09-02
    (21064, 0, 'Quốc khánh', 'Bộ luật Lao động 2019, Điều 112; tạm tính, chờ Thủ tướng Chính phủ quyết định kế hoạch nghỉ năm 2027', 1), -- 2027-09-03
    (21146, 0, 'Ngày Văn hóa Việt Nam', 'Nghị quyết 80-NQ/TW, Nghị quyết 30/NQ-CP năm 2026; chưa áp dụng, chờ sửa Điều 112 Bộ luật Lao động', 0); -- 2027-11-24

-- step 3: who proves, who sees, who decides.
-- The views are joins of tables joined by UNION ALL, so that both databases look up one person's or one task's
-- rows without reckoning those of all; a row may come twice.

-- Units that prove each occurrence by themselves; a task without one is proved by its owner.
CREATE VIEW task_prover AS
SELECT u.task AS task, u.unit AS unit FROM task_unit u WHERE u.proves = 1 AND u.unit IS NOT NULL
UNION ALL
SELECT t.id AS task, t.unit AS unit FROM task t
 WHERE NOT EXISTS (SELECT 1 FROM task_unit u WHERE u.task = t.id AND u.proves = 1 AND u.unit IS NOT NULL);

-- Tasks within a person's reach: of a unit at or below theirs, or naming them.
CREATE VIEW task_reach AS
SELECT pp.person AS person, t.id AS task
  FROM person_post pp JOIN unit_reach r ON r.ancestor = pp.unit JOIN task t ON t.unit = r.descendant
 WHERE pp.ended = 0
UNION ALL
SELECT pp.person AS person, u.task AS task
  FROM person_post pp JOIN unit_reach r ON r.ancestor = pp.unit JOIN task_unit u ON u.unit = r.descendant
 WHERE pp.ended = 0
UNION ALL
SELECT t.responsible AS person, t.id AS task FROM task t WHERE t.responsible IS NOT NULL
UNION ALL
SELECT t.leader AS person, t.id AS task FROM task t WHERE t.leader IS NOT NULL
UNION ALL
SELECT t.approver AS person, t.id AS task FROM task t WHERE t.approver IS NOT NULL;

-- Units for which a person gives out tasks: those a leader (8) or coordinator (16) of modules/role.h reaches.
CREATE VIEW task_office AS
SELECT pp.person AS person, r.descendant AS unit
  FROM person_post pp JOIN unit_reach r ON r.ancestor = pp.unit
 WHERE pp.ended = 0 AND pp.role IN (8, 16);

-- Who approves the proof of a task: leaders and coordinators reaching its owner, and the approver it names.
CREATE VIEW task_decider AS
SELECT pp.person AS person, t.id AS task
  FROM person_post pp JOIN unit_reach r ON r.ancestor = pp.unit JOIN task t ON t.unit = r.descendant
 WHERE pp.ended = 0 AND pp.role IN (8, 16)
UNION ALL
SELECT t.approver AS person, t.id AS task FROM task t WHERE t.approver IS NOT NULL;

CREATE INDEX task_by_responsible ON task (responsible);
CREATE INDEX task_by_leader ON task (leader);
CREATE INDEX task_by_approver ON task (approver);
CREATE INDEX occurrence_by_state ON occurrence (state, submitted_at);
CREATE INDEX task_event_by_at ON task_event (at, id);

-- step 4: one line of a list of occurrences. state, label, grp and due_short are filled by task_tell_state.
CREATE VIEW occurrence_line AS
SELECT o.id, o.task, o.unit, o.number, o.label AS period, o.start_day, o.end_day, o.due_day, o.strict, o.quota, o.made,
       o.state AS raw_state, o.cause, o.note, o.reason, o.submitted_by, o.submitted_at, o.decided_at,
       t.no, t.title, t.plan, t.area, t.unit AS owner, t.state AS task_state, t.responsible, n.short_name AS unit_name,
       s.ro1, s.ro2, s.ro3, s.ro4, s.ro5, s.ro6, s.ro_count, s.ro_label, '' AS state, '' AS label, '' AS grp, '' AS due_short
  FROM occurrence o
  JOIN task t ON t.id = o.task
  JOIN unit_name n ON n.unit = o.unit AND n.to_day IS NULL
  JOIN task_six s ON s.task = o.task;

-- step 5: who is named in a task, read from the index alone: a plan of a province names every centre in every task.
CREATE INDEX task_unit_pairs ON task_unit (task, unit);
