-- sql_test_occurrence(task int, number int): int
SELECT id FROM occurrence WHERE task = :task AND number = :number ORDER BY id LIMIT 1;

-- sql_test_occurrences(task int): rows
SELECT * FROM occurrence WHERE task = :task ORDER BY due_day, id;

-- sql_test_state(occurrence int): text
SELECT state FROM occurrence WHERE id = :occurrence;

-- sql_test_events(task int): int
SELECT count(*) FROM task_event WHERE task = :task;

-- sql_test_evidence(occurrence int): int
SELECT id FROM evidence WHERE occurrence = :occurrence ORDER BY id LIMIT 1;

-- sql_test_set_approver(task int, person int): changes
UPDATE task SET approver = :person WHERE id = :task;

-- sql_test_ro(task int): text
SELECT ro1 || '|' || ro2 || '|' || ro3 || '|' || ro4 || '|' || ro5 || '|' || ro6 FROM task_six WHERE task = :task;

-- sql_test_ro_label(task int): text
SELECT ro_label FROM task_six WHERE task = :task;

-- sql_test_stale_six(): int
-- Tasks whose kept six rõ are not those reckoned now.
SELECT count(*) FROM task_six_reckoned r LEFT JOIN task_six s ON s.task = r.task
 WHERE s.task IS NULL OR s.ro_label <> r.ro_label OR s.ro1 <> r.ro1 OR s.ro3 <> r.ro3 OR s.ro5 <> r.ro5;
