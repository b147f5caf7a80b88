-- sql_test_plan_tasks(plan int): rows
SELECT t.id, t.no, t.title, t.kind,
       (SELECT count(*) FROM occurrence o WHERE o.task = t.id) AS occurrences,
       (SELECT count(DISTINCT o.unit) FROM occurrence o WHERE o.task = t.id) AS units
  FROM task t WHERE t.plan = :plan ORDER BY t.position;

-- sql_test_plan_count(): int
SELECT count(*) FROM plan;

-- sql_test_plan_unit(name text): int
SELECT u.id FROM unit_now u WHERE u.name = :name ORDER BY u.id LIMIT 1;

-- sql_test_plan_leads(plan int, unit int): int
SELECT count(*) FROM task t JOIN task_unit u ON u.task = t.id WHERE t.plan = :plan AND u.unit = :unit AND u.role = 'lead';

-- sql_test_plan_job(kind text): text
SELECT payload FROM job WHERE kind = :kind ORDER BY id DESC LIMIT 1;
