-- sql_copy_tasks(plan int, withdrawn int): rows
SELECT t.id, t.unit, t.parent, t.area, t.position, t.no, t.heading, t.title, t.time_raw, t.time_words, t.kind, t.per, t.count, t.year,
       t.start_day, t.end_day, t.budget, t.responsible, t.responsible_raw, t.leader, t.leader_raw, t.approver, t.approver_raw
  FROM task t WHERE t.plan = :plan AND (t.state = 'active' OR :withdrawn = 1) ORDER BY t.position, t.id LIMIT 500;

-- sql_copy_parties(plan int): rows
SELECT u.task, u.unit, u.role, u.wording, u.is_set, u.proves, COALESCE(n.short_name, '') AS short_name
  FROM task t JOIN task_unit u ON u.task = t.id LEFT JOIN unit_name n ON n.unit = u.unit AND n.to_day IS NULL
 WHERE t.plan = :plan ORDER BY u.task, u.position, u.id LIMIT 50000;

-- sql_copy_products(plan int): rows
SELECT p.task, p.wording, p.kind, p.quantity FROM task t JOIN task_product p ON p.task = t.id
 WHERE t.plan = :plan ORDER BY p.task, p.position, p.id LIMIT 10000;

-- sql_copy_due(plan int): rows
SELECT d.task, d.day FROM task t JOIN task_due d ON d.task = t.id WHERE t.plan = :plan ORDER BY d.task, d.day LIMIT 10000;

-- sql_copy_doubts(plan int): rows
SELECT d.task, d.ro FROM task t JOIN task_doubt d ON d.task = t.id WHERE t.plan = :plan ORDER BY d.task, d.ro LIMIT 5000;

-- sql_copy_plan(plan int): rows
SELECT p.id, p.unit, p.import, p.number, p.day, p.title, p.year, p.agency, p.parent_agency, p.signer_prefix, p.signer_title, p.signer_name,
       u.name AS unit_name
  FROM plan p JOIN unit_any u ON u.id = p.unit WHERE p.id = :plan;

-- sql_copy_import(import int): rows
SELECT unit, document, reading, draft FROM plan_import WHERE id = :import;

-- sql_copy_bases(plan int): rows
SELECT kind, number, day, issuer FROM plan_basis WHERE plan = :plan ORDER BY position, id LIMIT 50;

-- sql_copy_recipients(plan int): rows
SELECT wording FROM plan_line WHERE plan = :plan AND kind = 'recipient' ORDER BY position, id LIMIT 100;

-- sql_copy_parent(unit int): text
SELECT n.name FROM unit_link l JOIN unit_any n ON n.id = l.parent
 WHERE l.unit = :unit AND l.kind = 'professional' AND l.to_day IS NULL ORDER BY l.id LIMIT 1;

-- sql_copy_results(plan int, today int): rows
-- 25200 s is UTC+7.
SELECT t.id AS task, CASE WHEN t.state = 'active' THEN 0 ELSE 1 END AS ended,
       CAST(SUM(CASE WHEN o.state IS NULL OR o.state = 'cancelled' THEN 0 ELSE 1 END) AS BIGINT) AS periods,
       CAST(SUM(CASE WHEN o.state = 'done' THEN 1 ELSE 0 END) AS BIGINT) AS done,
       CAST(SUM(CASE WHEN o.state = 'done' AND o.strict = 1 AND (o.submitted_at + 25200) / 86400 > o.due_day THEN 1 ELSE 0 END) AS BIGINT) AS late,
       CAST(SUM(CASE WHEN o.state IN ('open', 'returned') AND o.due_day < :today THEN 1 ELSE 0 END) AS BIGINT) AS missed,
       CAST(SUM(CASE WHEN o.state = 'submitted' THEN 1 ELSE 0 END) AS BIGINT) AS waiting,
       CAST(SUM(CASE WHEN o.id IS NULL THEN 0 ELSE (SELECT count(*) FROM evidence e WHERE e.occurrence = o.id) END) AS BIGINT) AS evidence
  FROM task t LEFT JOIN occurrence o ON o.task = t.id
 WHERE t.plan = :plan GROUP BY t.id, t.state ORDER BY t.id LIMIT 500;

-- sql_copy_above(unit int, year int): rows
-- Plans of units above for a year, which the new plan may rest on.
SELECT q.number, q.day, n.name AS issuer FROM plan q JOIN unit_reach r ON r.ancestor = q.unit JOIN unit_any n ON n.id = q.unit
 WHERE r.descendant = :unit AND q.unit <> :unit AND q.year <= :year AND q.year_to >= :year AND q.number <> ''
 ORDER BY q.day DESC, q.id LIMIT 10;

-- sql_compare_plans(plan int): rows
-- Other plans of the unit, those of the years before first.
SELECT q.id, q.number, q.title, q.year FROM plan p JOIN plan q ON q.unit = p.unit AND q.id <> p.id
 WHERE p.id = :plan ORDER BY CASE WHEN q.year < p.year THEN 0 ELSE 1 END, q.year DESC, q.id DESC LIMIT 50;

-- sql_compare_sections(plan int): rows
SELECT no, wording FROM plan_line WHERE plan = :plan AND kind = 'section' ORDER BY position, id LIMIT 500;
