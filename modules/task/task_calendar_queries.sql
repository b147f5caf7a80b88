-- sql_calendar_days(): rows
-- A day with two rows in force counts as off when one of them says so.
SELECT day, MIN(works) AS works FROM working_day WHERE active = 1 GROUP BY day ORDER BY day;

-- sql_calendar_rows(from_day int, to_day int): rows
SELECT id, day, works, name, legal_basis, active FROM working_day WHERE day BETWEEN :from_day AND :to_day ORDER BY day, id LIMIT 400;

-- sql_calendar_row(id int): rows
SELECT day, works, name, active FROM working_day WHERE id = :id;

-- sql_calendar_row_insert(day int, works int, name text, basis text): int
INSERT INTO working_day (day, works, name, legal_basis, active) VALUES (:day, :works, :name, :basis, 1) ON CONFLICT DO NOTHING RETURNING id;

-- sql_calendar_row_switch(id int, active int): changes
UPDATE working_day SET active = :active WHERE id = :id;

-- sql_calendar_touched(day int): rows
-- Days, as written and as due, of occurrences to be proved whose due day may depend on whether this day is worked.
SELECT DISTINCT end_day, due_day FROM occurrence
 WHERE state IN ('open', 'returned') AND end_day <= :day AND due_day >= :day ORDER BY end_day, due_day LIMIT 400;

-- sql_calendar_note_move(end_day int, due_day int, person ref, now int, summary text): changes
-- In the history of each task, before sql_calendar_move.
INSERT INTO task_event (task, occurrence, kind, person, at, summary)
SELECT o.task, o.id, 'change', :person, :now, :summary || ' (' || o.label || ')'
  FROM occurrence o WHERE o.state IN ('open', 'returned') AND o.end_day = :end_day AND o.due_day = :due_day;

-- sql_calendar_move(end_day int, due_day int, new_day int): changes
UPDATE occurrence SET due_day = :new_day WHERE state IN ('open', 'returned') AND end_day = :end_day AND due_day = :due_day;
