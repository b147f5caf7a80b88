-- sql_above_candidates(plan int): rows
-- Plans that have the number of a basis, as two queries so that both find their index; and whose unit stands above on
-- either line, as it was on the lower plan's day (a unit entered later counts from its first parent on).
SELECT f.plan, f.above, f.day, f.issuer, f.year, q.day AS above_day, q.year AS above_year, q.year_to AS above_year_to, q.agency,
       n.name, n.short_name
  FROM (SELECT b.plan, w.id AS above, b.day, b.issuer, p.year, p.unit, COALESCE(p.day, (p.created_at + 25200) / 86400) AS at_day
          FROM plan_basis b JOIN plan p ON p.id = b.plan JOIN plan w ON w.number_key = b.number_key
         WHERE b.plan = :plan AND b.number_key <> ''
        UNION
        SELECT b.plan, w.id AS above, b.day, b.issuer, p.year, p.unit, COALESCE(p.day, (p.created_at + 25200) / 86400) AS at_day
          FROM plan w JOIN plan_basis b ON b.number_key = w.number_key JOIN plan p ON p.id = b.plan
         WHERE w.id = :plan AND w.number_key <> '') f
  JOIN plan q ON q.id = f.above JOIN unit_any n ON n.id = q.unit
 WHERE q.unit IN (
       WITH RECURSIVE line (unit, parent, from_day, to_day) AS (
            SELECT l.unit, l.parent, CASE WHEN l.from_day = (SELECT MIN(e.from_day) FROM unit_link e WHERE e.unit = l.unit AND e.kind = l.kind)
                   THEN CAST(0 AS BIGINT) ELSE l.from_day END, l.to_day
              FROM unit_link l
       ), up (id, depth) AS (
            SELECT l.parent, 1 FROM line l WHERE l.unit = f.unit AND l.from_day <= f.at_day AND (l.to_day IS NULL OR l.to_day > f.at_day)
             UNION
            SELECT l.parent, u.depth + 1 FROM up u JOIN line l ON l.unit = u.id
             WHERE u.depth < 20 AND l.from_day <= f.at_day AND (l.to_day IS NULL OR l.to_day > f.at_day)
       ) SELECT id FROM up)
   AND NOT EXISTS (SELECT 1 FROM plan_above x WHERE x.plan = f.plan AND x.above = f.above)
 ORDER BY f.plan, f.above LIMIT 2000;

-- sql_above_insert(plan int, above int, state text, person ref, now int): changes
INSERT INTO plan_above (plan, above, state, person, at) VALUES (:plan, :above, :state, :person, :now)
ON CONFLICT (plan, above) DO UPDATE SET state = excluded.state, person = excluded.person, at = excluded.at
 WHERE plan_above.state <> excluded.state AND excluded.state <> 'found';

-- sql_above_choices(plan int, unit int): rows
-- Plans of units above that a person may name as the plan above: of the same years, or not long before.
SELECT q.id, q.number, q.title, n.short_name AS unit_name
  FROM plan p JOIN plan q ON q.id <> p.id AND q.year <= p.year_to AND q.year_to >= p.year - 1
  JOIN unit_any n ON n.id = q.unit
 WHERE p.id = :plan AND q.unit <> :unit
   AND q.unit IN (SELECT r.ancestor FROM unit_reach r WHERE r.descendant = :unit
                  UNION SELECT l.parent FROM unit_link l WHERE l.unit = :unit AND l.kind = 'admin' AND l.to_day IS NULL)
   AND NOT EXISTS (SELECT 1 FROM plan_above x WHERE x.plan = :plan AND x.above = q.id AND x.state <> 'cut')
 ORDER BY q.year DESC, q.id DESC LIMIT 100;

-- sql_above_plans(plan int): rows
-- all_count, answered and open_count are filled in by the page.
SELECT q.id, q.number, q.day, q.title, q.unit, n.name AS unit_name, x.state
  FROM plan_above x JOIN plan q ON q.id = x.above JOIN unit_any n ON n.id = q.unit
 WHERE x.plan = :plan AND x.state <> 'cut' ORDER BY q.day DESC, q.id LIMIT 20;

-- sql_above_below(plan int): rows
-- Plans that rest on it.
SELECT q.id, q.number, q.day, q.title, n.short_name AS unit_name
  FROM plan_above x JOIN plan q ON q.id = x.plan JOIN unit_any n ON n.id = q.unit
 WHERE x.above = :plan AND x.state <> 'cut' ORDER BY n.sort_key, q.id LIMIT 300;

-- sql_above_is(plan int, above int): int
SELECT count(*) FROM plan_above WHERE plan = :plan AND above = :above AND state <> 'cut';

-- sql_cover_lines(plan int, above int, unit int): rows
-- Tasks of one plan above, or of all (above 0), each with how the unit is named in it and what it answered.
SELECT t.id, t.plan AS above, t.no, t.heading, t.title, CASE WHEN t.time_raw <> '' THEN t.time_raw ELSE t.time_words END AS time,
       (SELECT count(*) FROM plan_for_all f WHERE f.task = t.id) AS for_all,
       (SELECT MIN(u.role) FROM task_unit u WHERE u.task = t.id
           AND u.unit IN (SELECT r.descendant FROM unit_reach r WHERE r.ancestor = :unit)) AS role,
       a.kind AS answer, a.own, a.reason, a.at, a.plan AS answered_in, p.name AS person_name, o.no AS own_no, o.title AS own_title,
       o.state AS own_state
  FROM plan_above x JOIN task t ON t.plan = x.above
  LEFT JOIN plan_answer a ON a.task = t.id AND a.unit = :unit
  LEFT JOIN task o ON o.id = a.own
  LEFT JOIN person p ON p.id = a.person
 WHERE x.plan = :plan AND x.state <> 'cut' AND (:above = 0 OR x.above = :above) AND t.state = 'active'
 ORDER BY t.plan, t.position, t.id LIMIT 2000;

-- sql_cover_wordings(plan int, above int): rows
-- Who leads the tasks of a plan (above 0) or of those above it, each wording once.
SELECT u.task, CASE WHEN u.wording <> '' THEN u.wording ELSE COALESCE(n.short_name, '') END AS wording,
       MIN(u.position) AS place
  FROM task t JOIN task_unit u ON u.task = t.id LEFT JOIN unit_name n ON n.unit = u.unit AND n.to_day IS NULL
 WHERE u.role = 'lead' AND t.state = 'active' AND ((:above = 0 AND t.plan = :plan)
    OR (:above <> 0 AND t.plan IN (SELECT x.above FROM plan_above x WHERE x.plan = :plan AND x.state <> 'cut')))
 GROUP BY u.task, CASE WHEN u.wording <> '' THEN u.wording ELSE COALESCE(n.short_name, '') END
 ORDER BY u.task, place LIMIT 20000;

-- sql_cover_ours(plan int): rows
SELECT t.id, t.no, t.heading, t.title, CASE WHEN t.time_raw <> '' THEN t.time_raw ELSE t.time_words END AS time,
       (SELECT count(*) FROM plan_answer a WHERE a.own = t.id) AS answers
  FROM task t WHERE t.plan = :plan AND t.state = 'active' ORDER BY t.position, t.id LIMIT 500;

-- sql_cover_products(plan int): rows
SELECT p.task, p.wording FROM task t JOIN task_product p ON p.task = t.id
 WHERE t.plan = :plan AND t.state = 'active' ORDER BY p.task, p.position, p.id LIMIT 5000;

-- sql_cover_task(plan int, task int): rows
-- A task of a plan above, whole.
SELECT t.id, t.title, t.heading, t.area, t.time_raw, t.kind, t.per, t.count, t.year, t.start_day, t.end_day, q.number, n.short_name AS unit_name
  FROM task t JOIN plan_above x ON x.above = t.plan JOIN plan q ON q.id = t.plan JOIN unit_any n ON n.id = q.unit
 WHERE x.plan = :plan AND x.state <> 'cut' AND t.id = :task AND t.state = 'active';

-- sql_cover_due(task int): rows
SELECT day FROM task_due WHERE task = :task ORDER BY day LIMIT 50;

-- sql_cover_task_products(task int): rows
SELECT wording, kind, quantity FROM task_product WHERE task = :task ORDER BY position, id LIMIT 100;

-- sql_cover_own(plan int, task int): int
-- Whether it is a task of this plan that goes on.
SELECT count(*) FROM task WHERE id = :task AND plan = :plan AND state = 'active';

-- sql_cover_next_position(plan int): int
SELECT COALESCE(MAX(position), 0) + 1 FROM task WHERE plan = :plan;

-- sql_answer_own(unit int, task int): int
-- The task that took it over and goes on; 0 when there is none.
SELECT a.own FROM plan_answer a JOIN task o ON o.id = a.own AND o.state = 'active'
 WHERE a.unit = :unit AND a.task = :task AND a.kind = 'taken';

-- sql_answer_write(unit int, task int, plan int, kind text, own ref, reason text, person int, now int): changes
INSERT INTO plan_answer (unit, task, plan, kind, own, reason, person, at)
VALUES (:unit, :task, :plan, :kind, :own, :reason, :person, :now)
ON CONFLICT (unit, task) DO UPDATE SET plan = excluded.plan, kind = excluded.kind, own = excluded.own, reason = excluded.reason,
       person = excluded.person, at = excluded.at;

-- sql_answer_delete(unit int, task int): changes
DELETE FROM plan_answer WHERE unit = :unit AND task = :task;
