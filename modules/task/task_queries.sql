-- sql_task_view(task int, person int): rows
-- One row when the person reaches the task.
SELECT t.id, t.unit, t.state, t.kind, t.title, t.year,
       CASE WHEN EXISTS (SELECT 1 FROM task_office o WHERE o.person = :person AND o.unit = t.unit) THEN 1 ELSE 0 END AS manages,
       CASE WHEN EXISTS (SELECT 1 FROM task_prover v WHERE v.task = :task
             AND v.unit IN (SELECT r.unit FROM person_reach r WHERE r.person = :person)) THEN 1 ELSE 0 END AS proves
  FROM task t
 WHERE t.id = :task AND EXISTS (SELECT 1 FROM task_reach r WHERE r.task = :task AND r.person = :person);

-- sql_task_six_delete(task int): changes
DELETE FROM task_six WHERE task = :task;

-- sql_task_six_insert(task int): changes
INSERT INTO task_six (task, ro1, ro2, ro3, ro4, ro5, ro6, ro_count, ro_label)
SELECT r.task, r.ro1, r.ro2, r.ro3, r.ro4, r.ro5, r.ro6, r.ro_count, r.ro_label FROM task_six_reckoned r WHERE r.task = :task;

-- sql_task_insert(plan int, unit int, parent ref, title text, year int, person ref, now int): int
INSERT INTO task (plan, unit, parent, title, folded, kind, year, created_by, created_at)
VALUES (:plan, :unit, :parent, :title, '', 'none', :year, :person, :now) RETURNING id;

-- sql_task_set_text(task int, no text, heading text, title text, folded text, area int, position int): changes
UPDATE task SET no = :no, heading = :heading, title = :title, folded = :folded, area = :area, position = :position
 WHERE id = :task AND state = 'active';

-- sql_task_set_time(task int, kind text, per text, count int, year int, words text): changes
UPDATE task SET kind = :kind, per = :per, count = :count, year = :year, time_words = :words WHERE id = :task;

-- sql_task_set_window(task int, start_day int, end_day int, time_raw text, budget text): changes
UPDATE task SET start_day = :start_day, end_day = :end_day, time_raw = :time_raw, budget = :budget WHERE id = :task;

-- sql_task_set_people(task int, responsible ref, leader ref, approver ref): changes
UPDATE task SET responsible = :responsible, leader = :leader, approver = :approver WHERE id = :task;

-- sql_task_set_roles(task int, responsible text, leader text, approver text): changes
UPDATE task SET responsible_raw = :responsible, leader_raw = :leader, approver_raw = :approver WHERE id = :task;

-- sql_task_set_responsible(task int, responsible ref): changes
UPDATE task SET responsible = :responsible WHERE id = :task AND state = 'active';

-- sql_task_set_cancelled(task int, reason text): changes
UPDATE task SET state = 'cancelled', reason = :reason WHERE id = :task AND state = 'active';

-- sql_task_insert_due(task int, day int): changes
INSERT INTO task_due (task, day) VALUES (:task, :day) ON CONFLICT DO NOTHING;

-- sql_task_delete_due(task int): changes
DELETE FROM task_due WHERE task = :task;

-- sql_task_insert_unit(task int, unit ref, role text, wording text, is_set int, proves int, position int): changes
INSERT INTO task_unit (task, unit, role, wording, is_set, proves, position)
VALUES (:task, :unit, :role, :wording, :is_set, :proves, :position);

-- sql_task_delete_units(task int): changes
DELETE FROM task_unit WHERE task = :task;

-- sql_task_insert_product(task int, wording text, kind text, quantity int, position int): changes
INSERT INTO task_product (task, wording, kind, quantity, position) VALUES (:task, :wording, :kind, :quantity, :position);

-- sql_task_delete_products(task int): changes
DELETE FROM task_product WHERE task = :task;

-- sql_task_insert_doubt(task int, ro int): changes
INSERT INTO task_doubt (task, ro) VALUES (:task, :ro) ON CONFLICT DO NOTHING;

-- sql_task_delete_doubts(task int): changes
DELETE FROM task_doubt WHERE task = :task;

-- sql_task_person_of(task int, person int): int
-- Whether a person holds a post in a unit of the task, or in the owning agency or below it.
SELECT 1 FROM person_post p
 WHERE p.person = :person AND p.ended = 0
   AND (p.unit IN (SELECT u.unit FROM task_unit u WHERE u.task = :task)
        OR EXISTS (SELECT 1 FROM task t JOIN unit_reach r ON r.ancestor = t.unit
                    WHERE t.id = :task AND r.descendant = p.unit))
 LIMIT 1;

-- sql_task_person_above(task int, person int): int
-- Whether a person holds a post in a unit above the owning agency.
SELECT 1 FROM person_post p JOIN unit_reach r ON r.ancestor = p.unit JOIN task t ON t.unit = r.descendant
 WHERE t.id = :task AND p.person = :person AND p.ended = 0
 LIMIT 1;

-- sql_task_insert_event(task int, occurrence ref, kind text, person ref, now int, summary text): changes
INSERT INTO task_event (task, occurrence, kind, person, at, summary)
VALUES (:task, :occurrence, :kind, :person, :now, :summary);

-- sql_occurrence_unnumber(task int, from_day int): changes
-- Frees the numbers, so that what the new schedule still asks for can take its new one; what ended before from_day keeps its own.
UPDATE occurrence SET number = -id WHERE task = :task AND end_day >= :from_day;

-- sql_occurrence_last_number(task int): int
SELECT COALESCE(MAX(number), 0) FROM occurrence WHERE task = :task AND number BETWEEN 1 AND 99999;

-- sql_occurrence_renumber(task int, number int, label text, start_day int, end_day int, quota int): changes
UPDATE occurrence SET number = :number, label = :label
 WHERE task = :task AND number < 0 AND start_day = :start_day AND end_day = :end_day AND quota = :quota AND cause = '';

-- sql_occurrence_insert(task int, number int, label text, start_day int, end_day int, due_day int, strict int, quota int): changes
-- One for each proving unit that has none with this number.
INSERT INTO occurrence (task, unit, number, label, start_day, end_day, due_day, strict, quota)
SELECT p.task, p.unit, CAST(:number AS BIGINT), CAST(:label AS TEXT), CAST(:start_day AS BIGINT), CAST(:end_day AS BIGINT),
       CAST(:due_day AS BIGINT), CAST(:strict AS BIGINT), CAST(:quota AS BIGINT)
  FROM task_prover p WHERE p.task = :task
ON CONFLICT DO NOTHING;

-- sql_occurrence_sweep(task int, from_day int): changes
-- What nobody has touched and neither the schedule nor the units ask for any more.
DELETE FROM occurrence
 WHERE task = :task AND end_day >= :from_day AND state = 'open' AND cause = '' AND note = ''
   AND (number < 0 OR unit NOT IN (SELECT p.unit FROM task_prover p WHERE p.task = :task))
   AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.occurrence = occurrence.id);

-- sql_occurrence_keep(task int): changes
-- Those with proof stay, behind the others.
UPDATE occurrence SET number = 100000 + id WHERE task = :task AND number < 0;

-- sql_occurrence_next_number(task int): int
SELECT COALESCE(MAX(number), 0) + 1 FROM occurrence WHERE task = :task;

-- sql_occurrence_set_cause(task int, number int, cause text): changes
UPDATE occurrence SET cause = :cause WHERE task = :task AND number = :number;

-- sql_occurrence_cancel(task int): changes
UPDATE occurrence SET state = 'cancelled' WHERE task = :task AND state IN ('open', 'returned', 'submitted');

-- sql_occurrence_end_from(task int, from_day int): changes
-- What would still be asked for from a day on; what was sent waits for its decision.
UPDATE occurrence SET state = 'cancelled' WHERE task = :task AND end_day >= :from_day AND state IN ('open', 'returned');
