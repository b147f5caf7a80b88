-- sql_test_cover_task(task int): rows
SELECT t.title, t.plan, (SELECT count(*) FROM occurrence o WHERE o.task = t.id) AS occurrences,
       (SELECT count(*) FROM task_product p WHERE p.task = t.id) AS products
  FROM task t WHERE t.id = :task;

-- sql_test_cover_audit(plan int): int
SELECT count(*) FROM audit WHERE action = 'plan.answer' AND kind = 'plan' AND object = :plan;

-- sql_test_cover_answers(): int
SELECT count(*) FROM plan_answer;
