-- sql_report_test_occurrence(task int): int
SELECT id FROM occurrence WHERE task = :task ORDER BY number, id LIMIT 1;

-- sql_report_test_plan(unit int, number text, day int, person int): int
INSERT INTO plan (unit, number, day, title, year, year_to, folded, created_by, created_at)
VALUES (:unit, :number, :day, 'Tuyên truyền', 2026, 2026, '', :person, 0) RETURNING id;

-- sql_report_test_version(plan int, version int, number text, day int, person int): changes
INSERT INTO plan_version (plan, version, number, day, title, from_day, person, at)
VALUES (:plan, :version, :number, :day, '', :day, :person, 0);
