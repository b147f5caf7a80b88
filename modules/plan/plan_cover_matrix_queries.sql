-- sql_matrix_units(plan int, unit int, person int): rows
-- Units directly below that the person reaches, with the latest of their plans that rests on this one.
SELECT n.id, n.kind, n.short_name AS name, n.sort_key, w.plan, q.number
  FROM unit_now n
  LEFT JOIN (SELECT p.unit, MAX(p.id) AS plan FROM plan_above x JOIN plan p ON p.id = x.plan
              WHERE x.above = :plan AND x.state <> 'cut' GROUP BY p.unit) w ON w.unit = n.id
  LEFT JOIN plan q ON q.id = w.plan
 WHERE n.parent = :unit
   AND n.id IN (SELECT r.descendant FROM person_post o JOIN unit_reach r ON r.ancestor = o.unit WHERE o.person = :person AND o.ended = 0)
 ORDER BY n.sort_key, n.id LIMIT 1000;

-- sql_matrix_tasks(plan int): rows
SELECT t.id, t.position, t.no, t.title, (SELECT count(*) FROM plan_for_all f WHERE f.task = t.id) AS for_all
  FROM task t WHERE t.plan = :plan AND t.state = 'active' ORDER BY t.position, t.id LIMIT 500;

-- sql_matrix_pairs(plan int): rows
-- Who is named in which task; a unit that leads and takes part comes twice. Read in the order of the index.
SELECT u.task, u.unit FROM task_unit u
 WHERE u.task IN (SELECT t.id FROM task t WHERE t.plan = :plan AND t.state = 'active') AND u.unit IS NOT NULL
 ORDER BY u.task, u.unit LIMIT 100000;

-- sql_matrix_parts(unit int): rows
-- Parts of the units directly below, with the unit they belong to.
SELECT r.descendant AS part, l.unit FROM unit_link l JOIN unit_reach r ON r.ancestor = l.unit
 WHERE l.parent = :unit AND l.kind = 'professional' AND l.to_day IS NULL AND r.descendant <> l.unit
 ORDER BY r.descendant LIMIT 50000;

-- sql_matrix_answered(plan int): rows
-- How many tasks each unit has answered; an answer by a task that was ended counts no more.
SELECT a.unit, count(*) AS tasks
  FROM task t JOIN plan_answer a ON a.task = t.id LEFT JOIN task o ON o.id = a.own
 WHERE t.plan = :plan AND t.state = 'active' AND (a.own IS NULL OR o.state = 'active')
 GROUP BY a.unit ORDER BY a.unit LIMIT 5000;

-- sql_matrix_answers(plan int, first int, last int): rows
SELECT a.unit, a.task, a.kind FROM task t JOIN plan_answer a ON a.task = t.id LEFT JOIN task o ON o.id = a.own
 WHERE t.plan = :plan AND t.state = 'active' AND t.position BETWEEN :first AND :last AND (a.own IS NULL OR o.state = 'active')
 ORDER BY a.unit, a.task LIMIT 50000;
