-- sql_instance_get(name text): text
SELECT value FROM instance WHERE name = :name;

-- sql_instance_set(name text, value text): changes
INSERT INTO instance (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- sql_person_count(): int
-- Whether anybody ever had an account here: an empty database may become a practice one.
SELECT count(*) FROM person;

-- sql_practice_due(plan int, till int): rows
-- What begins and falls due up to a day, oldest first; kinds: of the first product.
SELECT o.id, o.label, o.start_day, o.due_day, o.quota, u.code, t.title,
       coalesce((SELECT min(d.kind) FROM task_product d WHERE d.task = t.id), 'other') AS kind
  FROM task t JOIN occurrence o ON o.task = t.id JOIN unit u ON u.id = o.unit
 WHERE t.plan = :plan AND o.due_day <= :till ORDER BY o.due_day, o.id LIMIT 2000;
