-- sql_calendar_days(): rows
-- A day with two rows in force counts as off when one of them says so.
SELECT day, MIN(works) AS works FROM working_day WHERE active = 1 GROUP BY day ORDER BY day;
