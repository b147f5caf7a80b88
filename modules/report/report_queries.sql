-- sql_report_rule(period text): rows
-- The latest first; the caller takes the one in force at its own cut-off.
SELECT name, start_year, start_month, start_mday, end_month, end_mday, position, valid_from_day, COALESCE(valid_to_day, 0) AS valid_to_day, legal_basis
  FROM report_period_rule WHERE period = :period ORDER BY valid_from_day DESC, id DESC LIMIT 20;

-- sql_report_sending(kind text, cut_off int): int
SELECT mday FROM report_sending_rule
 WHERE unit_kind IN (:kind, '') AND valid_from_day <= :cut_off AND (valid_to_day IS NULL OR valid_to_day > :cut_off)
 ORDER BY CASE unit_kind WHEN '' THEN 1 ELSE 0 END, valid_from_day DESC, id DESC LIMIT 1;

-- sql_report_find(unit int, period text): rows
SELECT r.id, r.state, r.locked_at, r.plan, r.plan_version, COALESCE(p.name, '') AS locked_by FROM report r LEFT JOIN person p ON p.id = r.locked_by
 WHERE r.unit = :unit AND r.period = :period;

-- sql_report_insert(unit int, period text, now int): changes
INSERT INTO report (unit, period, created_at) VALUES (:unit, :period, :now) ON CONFLICT DO NOTHING;

-- sql_report_lock(report int, person ref, now int, plan ref, version int): changes
UPDATE report SET state = 'locked', locked_by = :person, locked_at = :now, plan = :plan, plan_version = :version WHERE id = :report AND state = 'draft';

-- sql_report_unlock(report int): changes
UPDATE report SET state = 'draft', locked_by = NULL, locked_at = 0, plan = NULL, plan_version = 0 WHERE id = :report AND state = 'locked';

-- sql_report_parts(report int): rows
SELECT code, body, version FROM report_part WHERE report = :report ORDER BY code LIMIT 100;

-- sql_report_part_insert(report int, code text, body text, person int, now int): changes
INSERT INTO report_part (report, code, body, version, person, at) VALUES (:report, :code, :body, 1, :person, :now) ON CONFLICT DO NOTHING;

-- sql_report_part_update(report int, code text, body text, person int, now int, version int): changes
UPDATE report_part SET body = :body, version = version + 1, person = :person, at = :now
 WHERE report = :report AND code = :code AND version = :version;

-- sql_report_part_delete(report int, code text): changes
DELETE FROM report_part WHERE report = :report AND code = :code;

-- sql_report_freeze(report int, name text, content text): changes
INSERT INTO report_frozen (report, name, content) VALUES (:report, :name, :content);

-- sql_report_thaw(report int): changes
DELETE FROM report_frozen WHERE report = :report;

-- sql_report_frozen(report int, name text): text
SELECT content FROM report_frozen WHERE report = :report AND name = :name;

-- sql_report_unit(unit int): rows
SELECT code, kind FROM unit WHERE id = :unit;

-- sql_report_parent(unit int, at int): int
-- On the professional line at a day; the first one for a day before the unit was entered.
SELECT parent FROM unit_link
 WHERE unit = :unit AND kind = 'professional' AND (to_day IS NULL OR to_day > :at)
 ORDER BY from_day, id LIMIT 1;

-- sql_report_plan(unit int, year int): rows
-- The numbered plan of a year that the unit works by: its own, else that of the nearest unit above.
SELECT p.id, p.number, COALESCE(p.day, 0) AS day, n.name FROM plan p
  JOIN unit_reach r ON r.ancestor = p.unit JOIN unit_any n ON n.id = p.unit
 WHERE r.descendant = :unit AND p.year <= :year AND p.year_to >= :year AND p.number <> ''
 ORDER BY (SELECT count(*) FROM unit_reach a WHERE a.descendant = p.unit) DESC, p.id DESC LIMIT 1;

-- sql_report_version_at(plan int, to_day int): int
-- The version in force on the day of the cut-off; the first one for a plan that came later.
SELECT COALESCE(MAX(version), 1) FROM plan_version WHERE plan = :plan AND from_day <= :to_day;

-- sql_report_version(plan int, version int): rows
SELECT p.number, COALESCE(p.day, 0) AS day, v.number AS amendment, COALESCE(v.day, 0) AS amendment_day
  FROM plan p JOIN plan_version v ON v.plan = p.id WHERE p.id = :plan AND v.version = :version;

-- sql_report_signers(unit int): rows
-- Leaders of the unit now; the head before deputies.
SELECT p.name, o.title FROM person_post o JOIN person p ON p.id = o.person
 WHERE o.unit = :unit AND o.role = 8 AND o.ended = 0
 ORDER BY CASE WHEN o.title LIKE 'Phó%' THEN 1 ELSE 0 END, o.from_day, o.id LIMIT 5;

-- sql_report_units(person int): rows
-- Units at and below the posts of a leader or coordinator.
SELECT n.id, n.code, n.name, COALESCE(u.short_name, '') AS parent_name, (SELECT count(*) FROM unit_reach a WHERE a.descendant = n.id) AS depth
  FROM unit_now n LEFT JOIN unit_now u ON u.id = n.parent
 WHERE EXISTS (SELECT 1 FROM person_post o JOIN unit_reach r ON r.ancestor = o.unit
                WHERE o.person = :person AND o.ended = 0 AND o.role IN (8, 16) AND r.descendant = n.id)
 ORDER BY depth, COALESCE(u.sort_key, ''), n.sort_key, n.id LIMIT 300;

-- sql_report_states(person int, pattern text): rows
-- pattern: "2026-%".
SELECT p.unit, p.period, p.state FROM report p
 WHERE p.period LIKE :pattern
   AND EXISTS (SELECT 1 FROM person_post o JOIN unit_reach r ON r.ancestor = o.unit
                WHERE o.person = :person AND o.ended = 0 AND o.role IN (8, 16) AND r.descendant = p.unit)
 ORDER BY p.unit, p.period LIMIT 2000;

-- sql_report_tasks(unit int, to_day int, from_day int, today int): rows
-- Each task with an occurrence due in the window, of the unit and all below it as the tree stood at the cut-off
-- (a unit entered later counts from its first parent on). An outcome is judged by what was sent up to the cut-off;
-- one not due yet is ahead; a continuous task is never late, and counts when its period meets the window. Work of
-- other windows that was sent in this one is told apart (carried, early); its products count here, once.
-- 25200 s is UTC+7; day 2932896 is after every other: not sent.
WITH RECURSIVE tree (id) AS (
    SELECT u.id FROM unit u WHERE u.id = :unit
    UNION
    SELECT l.unit FROM unit_link l JOIN tree p ON p.id = l.parent
     WHERE l.kind = 'professional' AND (l.to_day IS NULL OR l.to_day > :to_day)
       AND (l.from_day <= :to_day OR l.from_day = (SELECT MIN(f.from_day) FROM unit_link f WHERE f.unit = l.unit AND f.kind = 'professional'))
), sent AS (
    SELECT o.task, o.unit, o.strict, o.start_day, o.end_day, o.due_day, o.quota, o.made, o.state,
           CASE WHEN o.state IN ('done', 'submitted') THEN (o.submitted_at + 25200) / 86400 ELSE 2932896 END AS sent_day
      FROM occurrence o JOIN tree t ON t.id = o.unit
     WHERE o.state <> 'cancelled'
), result AS (
    SELECT s.task, s.unit, s.strict, s.due_day, s.quota, s.made, s.state, s.sent_day,
           CASE WHEN s.strict = 1 AND s.due_day < :from_day THEN 'carried'
                WHEN s.strict = 1 AND s.due_day > :to_day THEN 'early'
                WHEN s.sent_day <= :to_day
                THEN CASE WHEN s.state = 'submitted' THEN 'waiting'
                          WHEN s.strict = 0 OR s.sent_day <= s.due_day THEN 'done'
                          ELSE 'late' END
                WHEN s.strict = 0 THEN 'running'
                WHEN s.due_day < :today THEN 'missed'
                ELSE 'ahead' END AS outcome
      FROM sent s
     WHERE (s.strict = 1 AND s.due_day BETWEEN :from_day AND :to_day)
        OR (s.strict = 1 AND s.state = 'done' AND s.sent_day BETWEEN :from_day AND :to_day)
        OR (s.strict = 0 AND s.start_day <= :to_day AND s.end_day >= :from_day)
), summed AS (
    SELECT task, count(DISTINCT unit) AS units, MAX(due_day) AS due_day, MIN(strict) AS strict,
           CAST(SUM(CASE WHEN outcome IN ('carried', 'early') THEN 0 ELSE 1 END) AS BIGINT) AS times,
           CAST(SUM(CASE outcome WHEN 'done' THEN 1 ELSE 0 END) AS BIGINT) AS done,
           CAST(SUM(CASE outcome WHEN 'late' THEN 1 ELSE 0 END) AS BIGINT) AS late,
           CAST(SUM(CASE outcome WHEN 'waiting' THEN 1 ELSE 0 END) AS BIGINT) AS waiting,
           CAST(SUM(CASE outcome WHEN 'missed' THEN 1 ELSE 0 END) AS BIGINT) AS missed,
           CAST(SUM(CASE outcome WHEN 'running' THEN 1 ELSE 0 END) AS BIGINT) AS running,
           CAST(SUM(CASE outcome WHEN 'ahead' THEN 1 ELSE 0 END) AS BIGINT) AS ahead,
           CAST(SUM(CASE outcome WHEN 'carried' THEN 1 ELSE 0 END) AS BIGINT) AS carried,
           CAST(SUM(CASE outcome WHEN 'early' THEN 1 ELSE 0 END) AS BIGINT) AS early,
           CAST(SUM(CASE WHEN outcome IN ('carried', 'early') THEN 0 ELSE quota END) AS BIGINT) AS quota,
           CAST(SUM(CASE WHEN state = 'done' AND sent_day BETWEEN :from_day AND :to_day THEN made ELSE 0 END) AS BIGINT) AS made
      FROM result GROUP BY task
)
SELECT t.id, t.no, t.heading, t.title, t.area, COALESCE(a.name, '') AS area_name, t.time_words,
       COALESCE((SELECT COALESCE(n.short_name, u.wording) FROM task_unit u LEFT JOIN unit_any n ON n.id = u.unit
                  WHERE u.task = t.id AND u.role = 'lead' ORDER BY u.is_set, u.position, u.id LIMIT 1), '') AS lead_name,
       COALESCE((SELECT p.kind FROM task_product p WHERE p.task = t.id ORDER BY p.position, p.id LIMIT 1), '') AS product_kind,
       COALESCE((SELECT p.wording FROM task_product p WHERE p.task = t.id ORDER BY p.position, p.id LIMIT 1), '') AS product,
       s.times, s.units, s.due_day, s.strict, s.done, s.late, s.waiting, s.missed, s.running, s.ahead, s.carried, s.early, s.quota, s.made
  FROM summed s JOIN task t ON t.id = s.task LEFT JOIN task_area a ON a.id = t.area
 ORDER BY t.plan, t.position, t.id LIMIT 2000;

-- sql_report_carried(unit int, to_day int, from_day int): rows
-- Strict occurrences due before the window that were not sent before it, and how many of them are done now.
WITH RECURSIVE tree (id) AS (
    SELECT u.id FROM unit u WHERE u.id = :unit
    UNION
    SELECT l.unit FROM unit_link l JOIN tree p ON p.id = l.parent
     WHERE l.kind = 'professional' AND (l.to_day IS NULL OR l.to_day > :to_day)
       AND (l.from_day <= :to_day OR l.from_day = (SELECT MIN(f.from_day) FROM unit_link f WHERE f.unit = l.unit AND f.kind = 'professional'))
)
SELECT count(*) AS carried,
       CAST(COALESCE(SUM(CASE WHEN o.state = 'done' AND (o.submitted_at + 25200) / 86400 <= :to_day THEN 1 ELSE 0 END), 0) AS BIGINT) AS carried_done
  FROM occurrence o JOIN tree t ON t.id = o.unit
 WHERE o.strict = 1 AND o.state <> 'cancelled' AND o.due_day < :from_day
   AND NOT (o.state IN ('done', 'submitted') AND (o.submitted_at + 25200) / 86400 < :from_day);

-- sql_report_evidence(unit int, to_day int, from_day int): rows
-- Proof given in the window for work that is done or waits for a decision.
WITH RECURSIVE tree (id) AS (
    SELECT u.id FROM unit u WHERE u.id = :unit
    UNION
    SELECT l.unit FROM unit_link l JOIN tree p ON p.id = l.parent
     WHERE l.kind = 'professional' AND (l.to_day IS NULL OR l.to_day > :to_day)
       AND (l.from_day <= :to_day OR l.from_day = (SELECT MIN(f.from_day) FROM unit_link f WHERE f.unit = l.unit AND f.kind = 'professional'))
)
SELECT e.id, e.kind, CASE WHEN e.kind = 'link' THEN e.url ELSE e.file_name END AS name, (e.at + 25200) / 86400 AS day,
       o.task, k.title, n.short_name AS unit_name, o.label
  FROM evidence e JOIN occurrence o ON o.id = e.occurrence JOIN tree t ON t.id = o.unit
  JOIN task k ON k.id = o.task JOIN unit_any n ON n.id = o.unit
 WHERE o.state IN ('done', 'submitted') AND (e.at + 25200) / 86400 BETWEEN :from_day AND :to_day
 ORDER BY e.at, e.id LIMIT 500;

-- sql_report_next(unit int, to_day int, from_day int): rows
-- What falls due in the next window.
WITH RECURSIVE tree (id) AS (
    SELECT u.id FROM unit u WHERE u.id = :unit
    UNION
    SELECT l.unit FROM unit_link l JOIN tree p ON p.id = l.parent
     WHERE l.kind = 'professional' AND (l.to_day IS NULL OR l.to_day > :to_day)
       AND (l.from_day <= :to_day OR l.from_day = (SELECT MIN(f.from_day) FROM unit_link f WHERE f.unit = l.unit AND f.kind = 'professional'))
)
SELECT k.id, k.title, MIN(o.due_day) AS due_day, count(*) AS times, MIN(o.strict) AS strict
  FROM occurrence o JOIN tree t ON t.id = o.unit JOIN task k ON k.id = o.task
 WHERE o.state NOT IN ('cancelled', 'done') AND o.due_day BETWEEN :from_day AND :to_day
 GROUP BY k.id, k.title, k.plan, k.position ORDER BY MIN(o.due_day), k.plan, k.position, k.id LIMIT 30;

-- sql_report_rules(today int): rows
-- All rules; state: current (in force for a cut-off today), next (from a later day), old (replaced).
SELECT r.id, r.period, r.name, r.start_year, r.start_month, r.start_mday, r.end_month, r.end_mday, r.valid_from_day, r.legal_basis,
       CASE WHEN r.valid_from_day > :today THEN 'next'
            WHEN r.valid_to_day <= :today OR EXISTS (SELECT 1 FROM report_period_rule n
                  WHERE n.period = r.period AND n.valid_from_day <= :today
                    AND (n.valid_from_day > r.valid_from_day OR (n.valid_from_day = r.valid_from_day AND n.id > r.id))) THEN 'old'
            ELSE 'current' END AS state
  FROM report_period_rule r ORDER BY r.position, r.valid_from_day DESC, r.id DESC LIMIT 200;

-- sql_report_rule_insert(period text, start_year int, start_month int, start_mday int, end_month int, end_mday int, from_day int, basis text): int
-- Name and order are those the period has.
INSERT INTO report_period_rule (period, name, start_year, start_month, start_mday, end_month, end_mday, position, valid_from_day, legal_basis)
SELECT r.period, r.name, :start_year, :start_month, :start_mday, :end_month, :end_mday, r.position, :from_day, :basis
  FROM report_period_rule r WHERE r.id = (SELECT MIN(id) FROM report_period_rule WHERE period = :period)
RETURNING id;

-- sql_report_last_locked(pattern text): text
-- pattern: "%-Q1".
SELECT MAX(period) FROM report WHERE state = 'locked' AND period LIKE :pattern;

-- sql_report_last_cut_off(): int
-- The latest day of a month on which figures are cut off by the newest rules.
SELECT MAX(r.end_mday) FROM report_period_rule r
 WHERE NOT EXISTS (SELECT 1 FROM report_period_rule n WHERE n.period = r.period
                     AND (n.valid_from_day > r.valid_from_day OR (n.valid_from_day = r.valid_from_day AND n.id > r.id)));

-- sql_report_sent_by(mday int): int
-- How many kinds of unit send on or before a day of the month by the newest rules.
SELECT count(*) FROM report_sending_rule r
 WHERE r.mday <= :mday
   AND NOT EXISTS (SELECT 1 FROM report_sending_rule n WHERE n.unit_kind = r.unit_kind
                     AND (n.valid_from_day > r.valid_from_day OR (n.valid_from_day = r.valid_from_day AND n.id > r.id)));

-- sql_report_sendings(today int): rows
-- state as in sql_report_rules; the row for every other kind first.
SELECT r.id, r.unit_kind, r.mday, r.valid_from_day, r.legal_basis,
       CASE WHEN r.valid_from_day > :today THEN 'next'
            WHEN r.valid_to_day <= :today OR EXISTS (SELECT 1 FROM report_sending_rule n
                  WHERE n.unit_kind = r.unit_kind AND n.valid_from_day <= :today
                    AND (n.valid_from_day > r.valid_from_day OR (n.valid_from_day = r.valid_from_day AND n.id > r.id))) THEN 'old'
            ELSE 'current' END AS state
  FROM report_sending_rule r ORDER BY r.unit_kind, r.valid_from_day DESC, r.id DESC LIMIT 200;

-- sql_report_sending_insert(kind text, mday int, from_day int, basis text): int
INSERT INTO report_sending_rule (unit_kind, mday, valid_from_day, legal_basis) VALUES (:kind, :mday, :from_day, :basis) RETURNING id;
