-- sql_version_begin(plan int): changes
INSERT INTO plan_version (plan, version, import, number, day, title, from_day, person, at)
SELECT p.id, 1, p.import, p.number, p.day, p.title, COALESCE(p.day, (p.created_at + 25200) / 86400), p.created_by, p.created_at
  FROM plan p WHERE p.id = :plan;

-- sql_version_insert(plan int, version int, import ref, number text, day ref, title text, from_day int, person int, now int): changes
INSERT INTO plan_version (plan, version, import, number, day, title, from_day, person, at)
VALUES (:plan, :version, :import, :number, :day, :title, :from_day, :person, :now) ON CONFLICT DO NOTHING;

-- sql_version_last(plan int): rows
SELECT version, from_day FROM plan_version WHERE plan = :plan ORDER BY version DESC LIMIT 1;

-- sql_versions(plan int): rows
SELECT v.version, v.version - 1 AS amendment, v.import, v.number, v.day, v.title, v.from_day, v.at, p.name AS person_name,
       (SELECT count(DISTINCT c.task) FROM plan_change c WHERE c.plan = v.plan AND c.version = v.version AND c.kind = 'changed') AS changed,
       (SELECT count(DISTINCT c.task) FROM plan_change c WHERE c.plan = v.plan AND c.version = v.version AND c.kind = 'added') AS added,
       (SELECT count(DISTINCT c.task) FROM plan_change c WHERE c.plan = v.plan AND c.version = v.version AND c.kind = 'withdrawn') AS withdrawn
  FROM plan_version v LEFT JOIN person p ON p.id = v.person
 WHERE v.plan = :plan ORDER BY v.version DESC LIMIT 50;

-- sql_version_changes(plan int): rows
SELECT c.version, c.task, c.kind, c.label, c.was, c.now, t.no, t.title
  FROM plan_change c JOIN task t ON t.id = c.task
 WHERE c.plan = :plan ORDER BY c.version DESC, t.position, c.task, c.id LIMIT 2000;

-- sql_change_insert(plan int, version int, task int, kind text, label text, was text, now text): changes
INSERT INTO plan_change (plan, version, task, kind, label, was, now) VALUES (:plan, :version, :task, :kind, :label, :was, :now);

-- sql_amend_of(import int): int
SELECT amends FROM plan_import WHERE id = :import;

-- sql_amend_set(import int, plan ref): changes
UPDATE plan_import SET amends = :plan WHERE id = :import AND state = 'review';

-- sql_amend_candidates(unit int, year int): rows
-- Plans of the unit that go on in a year, the latest first.
SELECT id, number, number_key, day, title, year FROM plan
 WHERE unit = :unit AND year <= :year AND year_to >= :year ORDER BY day DESC, id DESC LIMIT 50;

-- sql_amend_plans(unit int): rows
-- Any plan of the unit, for a person's choice.
SELECT id, number, title, year FROM plan WHERE unit = :unit ORDER BY year DESC, id DESC LIMIT 100;

-- sql_amend_plan(plan int, unit int): rows
SELECT id, number, day, title, year FROM plan WHERE id = :plan AND unit = :unit;
