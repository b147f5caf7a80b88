-- sql_test_plan_tasks(plan int): rows
SELECT t.id, t.no, t.title, t.kind,
       (SELECT count(*) FROM occurrence o WHERE o.task = t.id) AS occurrences,
       (SELECT count(DISTINCT o.unit) FROM occurrence o WHERE o.task = t.id) AS units
  FROM task t WHERE t.plan = :plan ORDER BY t.position;

-- sql_test_plan_count(): int
SELECT count(*) FROM plan;
