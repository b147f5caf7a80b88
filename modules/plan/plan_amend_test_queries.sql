-- sql_test_amend_tasks(plan int, state text): int
SELECT count(*) FROM task WHERE plan = :plan AND state = :state;

-- sql_test_amend_task(task int): rows
SELECT t.state, (SELECT count(*) FROM occurrence o WHERE o.task = t.id AND o.state = 'open') AS open,
       (SELECT MIN(u.wording) FROM task_unit u WHERE u.task = t.id AND u.role = 'lead') AS lead
  FROM task t WHERE t.id = :task;
