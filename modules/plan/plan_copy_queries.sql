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
