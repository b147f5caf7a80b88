-- The record of the tables' steps; the table itself is made by db_schema.c.

-- sql_schema_step_list(): rows
SELECT module, step, name, hash FROM schema_step ORDER BY module, step;

-- sql_schema_step_insert(module text, step int, name text, hash text, now int): changes
INSERT INTO schema_step (module, step, name, hash, at) VALUES (:module, :step, :name, :hash, :now);

-- sql_db_answer(): int
SELECT count(*) FROM schema_step;
