-- sql_report_test_occurrence(task int): int
SELECT id FROM occurrence WHERE task = :task ORDER BY number, id LIMIT 1;
