-- step 1: periods and sending days as dated rows, reports with their narrative parts and frozen lists.
CREATE TABLE report_period_rule (
    id             {id},
    period         TEXT   NOT NULL CHECK (period IN ('Q1', 'H1', 'Q3', 'Y')),
    name           TEXT   NOT NULL,          -- "Quý I năm"; the year follows
    start_year     BIGINT NOT NULL CHECK (start_year IN (-1, 0)),   -- added to the report's year
    start_month    BIGINT NOT NULL,
    start_mday     BIGINT NOT NULL,
    end_month      BIGINT NOT NULL,          -- the cut-off
    end_mday       BIGINT NOT NULL,
    position       BIGINT NOT NULL,          -- order in the year
    valid_from_day BIGINT NOT NULL,          -- judged by the cut-off's day
    valid_to_day   BIGINT,                   -- first day on which it holds no more
    legal_basis    TEXT   NOT NULL
);
-- 17967 is 12/3/2019, when NĐ 09/2019/NĐ-CP came into force.
INSERT INTO report_period_rule (period, name, start_year, start_month, start_mday, end_month, end_mday, position, valid_from_day, valid_to_day, legal_basis) VALUES
    ('Q1', 'Quý I năm', -1, 12, 15, 3, 14, 1, 17967, NULL, 'Nghị định số 09/2019/NĐ-CP, Điều 12; Công văn số 581/BNV-CCHC của Bộ Nội vụ'),
    ('H1', '6 tháng đầu năm', -1, 12, 15, 6, 14, 2, 17967, NULL, 'Nghị định số 09/2019/NĐ-CP, Điều 12; Công văn số 581/BNV-CCHC của Bộ Nội vụ'),
    ('Q3', 'Quý III năm', 0, 6, 15, 9, 14, 3, 17967, NULL, 'Nghị định số 09/2019/NĐ-CP, Điều 12; Công văn số 581/BNV-CCHC của Bộ Nội vụ'),
    ('Y', 'Năm', -1, 12, 15, 12, 14, 4, 17967, NULL, 'Nghị định số 09/2019/NĐ-CP, Điều 12; Công văn số 581/BNV-CCHC của Bộ Nội vụ');

-- Day of the cut-off's month by which a kind of unit sends its report up; an administrator changes the rows
-- when the superior fixes other days. unit_kind '': every kind without a row of its own.
CREATE TABLE report_sending_rule (
    id             {id},
    unit_kind      TEXT   NOT NULL,
    mday           BIGINT NOT NULL CHECK (mday BETWEEN 1 AND 28),
    valid_from_day BIGINT NOT NULL,
    valid_to_day   BIGINT,
    legal_basis    TEXT   NOT NULL
);
INSERT INTO report_sending_rule (unit_kind, mday, valid_from_day, valid_to_day, legal_basis) VALUES
    ('', 16, 17967, NULL, 'Mặc định, sau chốt số liệu ít nhất 01 ngày làm việc (Nghị định số 09/2019/NĐ-CP, khoản 5 Điều 8)'),
    ('phong', 15, 17967, NULL, 'Mặc định, sau chốt số liệu ít nhất 01 ngày làm việc (Nghị định số 09/2019/NĐ-CP, khoản 5 Điều 8)'),
    ('khoa', 15, 17967, NULL, 'Mặc định, sau chốt số liệu ít nhất 01 ngày làm việc (Nghị định số 09/2019/NĐ-CP, khoản 5 Điều 8)'),
    ('to', 15, 17967, NULL, 'Mặc định, sau chốt số liệu ít nhất 01 ngày làm việc (Nghị định số 09/2019/NĐ-CP, khoản 5 Điều 8)'),
    ('tram', 15, 17967, NULL, 'Mặc định, sau chốt số liệu ít nhất 01 ngày làm việc (Nghị định số 09/2019/NĐ-CP, khoản 5 Điều 8)'),
    ('so_y_te', 18, 17967, NULL, 'Mặc định, để UBND cấp tỉnh gửi Bộ Nội vụ trước ngày 20 (Công văn số 581/BNV-CCHC)'),
    ('ubnd', 20, 17967, NULL, 'Công văn số 581/BNV-CCHC của Bộ Nội vụ');

CREATE TABLE report (
    id         {id},
    unit       BIGINT NOT NULL REFERENCES unit (id),
    period     TEXT   NOT NULL,              -- 2026-Q1
    state      TEXT   NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'locked')),
    created_at BIGINT NOT NULL,
    locked_by  BIGINT REFERENCES person (id),
    locked_at  BIGINT NOT NULL DEFAULT 0,
    UNIQUE (unit, period)
);
-- What a person wrote in place of the drafted text.
CREATE TABLE report_part (
    report  BIGINT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    code    TEXT   NOT NULL,                 -- a code of report_outline[]
    body    TEXT   NOT NULL,
    version BIGINT NOT NULL,                 -- grows with each change, so that two writers notice each other
    person  BIGINT NOT NULL REFERENCES person (id),
    at      BIGINT NOT NULL,
    PRIMARY KEY (report, code)
);
-- Lists and texts of a locked report, as they were at that moment.
CREATE TABLE report_frozen (
    report  BIGINT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    name    TEXT   NOT NULL,                 -- totals, tasks, figures, evidence, next, part-…
    content TEXT   NOT NULL,                 -- JSON: column names, then rows; a part: its text
    PRIMARY KEY (report, name)
);

-- step 2: the plan that a locked report answers, in the version that was in force at its cut-off.
ALTER TABLE report ADD COLUMN plan BIGINT REFERENCES plan (id);
ALTER TABLE report ADD COLUMN plan_version BIGINT NOT NULL DEFAULT 0;   -- 0: none, or locked before versions were kept
