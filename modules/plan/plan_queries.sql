-- sql_plan_import_insert(unit int, source text, hash text, file_name text, document text, reading text, person int, now int): int
INSERT INTO plan_import (unit, source, hash, file_name, document, reading, draft, created_by, created_at, changed_by, changed_at)
VALUES (:unit, :source, :hash, :file_name, :document, :reading, :reading, :person, :now, :person, :now) RETURNING id;

-- sql_plan_import_same(unit int, source text): int
SELECT id FROM plan_import WHERE unit = :unit AND source = :source AND state <> 'dropped';

-- sql_plan_import_one(id int, person int): rows
SELECT i.id, i.unit, i.version, i.plan, i.state, i.scanning, i.trouble, i.file_name, i.hash, i.document, i.draft, u.name AS unit_name, f.type AS file_type
  FROM plan_import i JOIN unit_any u ON u.id = i.unit JOIN stored_file f ON f.hash = i.hash
 WHERE i.id = :id AND EXISTS (SELECT 1 FROM person_reach r WHERE r.person = :person AND r.unit = i.unit);

-- sql_plan_import_by(id int): int
SELECT created_by FROM plan_import WHERE id = :id;

-- sql_plan_import_scans(id int): changes
UPDATE plan_import SET scanning = 1 WHERE id = :id;

-- sql_plan_import_file_insert(import int, position int, hash text, name text, model text): changes
INSERT INTO plan_import_file (import, position, hash, name, model) VALUES (:import, :position, :hash, :name, :model);

-- sql_plan_import_files(import int): rows
SELECT f.position, f.hash, f.name, f.model, s.type FROM plan_import_file f JOIN stored_file s ON s.hash = f.hash
 WHERE f.import = :import ORDER BY f.position LIMIT 50;

-- sql_plan_page_insert(import int, page int, position int, file_page int, state text, width int, height int): changes
INSERT INTO plan_import_page (import, page, position, file_page, state, width, height)
VALUES (:import, :page, :position, :file_page, :state, :width, :height);

-- sql_plan_pages_of(import int): rows
SELECT p.page, p.position, p.file_page, p.state, p.result, p.image, p.width, p.height, p.error
  FROM plan_import_page p WHERE p.import = :import ORDER BY p.page LIMIT 1000;

-- sql_plan_pictures(import int): rows
-- Pages whose look is there.
SELECT p.page, p.width, p.height FROM plan_import_page p WHERE p.import = :import AND p.image IS NOT NULL AND p.width > 0
 ORDER BY p.page LIMIT 1000;

-- sql_plan_scan_lock(import int): changes
-- Pages that end at the same moment wait for each other; none when the import was given up.
UPDATE plan_import SET scanning = 1 WHERE id = :import AND scanning = 1 AND state = 'review';

-- sql_plan_page_queue(import int): rows
-- The next page to recognise.
UPDATE plan_import_page SET state = 'queued', error = ''
 WHERE import = :import AND state = 'waiting'
   AND page = (SELECT min(q.page) FROM plan_import_page q WHERE q.import = :import AND q.state = 'waiting')
RETURNING page, position, file_page;

-- sql_plan_page_done(import int, page int, state text, result text, image text, error text): changes
UPDATE plan_import_page SET state = :state, result = :result, image = :image, error = :error
 WHERE import = :import AND page = :page AND state = 'queued';

-- sql_plan_page_again(import int, page int, state text): changes
UPDATE plan_import_page SET state = :state WHERE import = :import AND page = :page AND state = 'failed';

-- sql_plan_pages_left(import int): int
SELECT count(*) FROM plan_import_page WHERE import = :import AND state IN ('waiting', 'queued', 'failed');

-- sql_plan_page_image(import int, page int, image text): changes
UPDATE plan_import_page SET image = :image WHERE import = :import AND page = :page;

-- sql_plan_page_without_image(import int): rows
SELECT p.page, p.file_page, f.hash FROM plan_import_page p JOIN plan_import_file f ON f.import = p.import AND f.position = p.position
 WHERE p.import = :import AND p.image IS NULL AND p.state = 'done' ORDER BY p.page LIMIT 1;

-- sql_plan_import_read(id int, document text, reading text, now int): changes
UPDATE plan_import SET document = :document, reading = :reading, draft = :reading, scanning = 0, trouble = '', changed_at = :now
 WHERE id = :id AND scanning = 1 AND state = 'review';

-- sql_plan_import_trouble(id int, trouble text): changes
UPDATE plan_import SET trouble = :trouble WHERE id = :id AND scanning = 1;

-- sql_plan_import_lock(id int): changes
-- Whoever saves next waits until this transaction ends, and then sees what it wrote.
UPDATE plan_import SET version = version WHERE id = :id AND state = 'review' AND scanning = 0;

-- sql_plan_import_save(id int, draft text, person int, now int): changes
UPDATE plan_import SET draft = :draft, version = version + 1, changed_by = :person, changed_at = :now
 WHERE id = :id AND state = 'review';

-- sql_plan_step_insert(import int, version int, kind text, changes text, person int, now int): changes
INSERT INTO plan_step (import, version, kind, changes, person, at) VALUES (:import, :version, :kind, :changes, :person, :now);

-- sql_plan_steps_since(import int, version int): rows
SELECT s.version, s.changes, s.person FROM plan_step s WHERE s.import = :import AND s.version > :version
 ORDER BY s.version, s.id LIMIT 1000;

-- sql_plan_step_last(import int, person int): rows
-- The person's latest step that still stands.
SELECT s.id, s.changes FROM plan_step s
 WHERE s.import = :import AND s.person = :person AND s.kind = 'edit' AND s.undone = 0
 ORDER BY s.version DESC, s.id DESC LIMIT 1;

-- sql_plan_step_undone(id int): changes
UPDATE plan_step SET undone = 1 WHERE id = :id;

-- sql_plan_steps_recent(import int): rows
SELECT s.kind, s.changes, s.at, s.undone, p.name AS person_name FROM plan_step s JOIN person p ON p.id = s.person
 WHERE s.import = :import ORDER BY s.version DESC, s.id DESC LIMIT 12;

-- sql_plan_reviewer_seen(import int, person int, now int): changes
INSERT INTO plan_reviewer (import, person, seen) VALUES (:import, :person, :now)
ON CONFLICT (import, person) DO UPDATE SET seen = :now;

-- sql_plan_reviewers(import int): rows
-- Everybody who ever had a hand in it, who was there last first.
SELECT p.id, p.name, r.seen FROM plan_reviewer r JOIN person p ON p.id = r.person
 WHERE r.import = :import ORDER BY r.seen DESC, p.id LIMIT 50;

-- sql_plan_import_confirm(id int, plan int, person int, now int): changes
UPDATE plan_import SET state = 'confirmed', plan = :plan, changed_by = :person, changed_at = :now
 WHERE id = :id AND state = 'review';

-- sql_plan_import_drop(id int, person int, now int): changes
UPDATE plan_import SET state = 'dropped', changed_by = :person, changed_at = :now WHERE id = :id AND state = 'review';

-- sql_plan_imports_open(person int): rows
-- Newest first.
SELECT i.id, i.file_name, i.changed_at, i.scanning, u.name AS unit_name, p.name AS person_name
  FROM plan_import i JOIN unit_any u ON u.id = i.unit JOIN person p ON p.id = i.changed_by
 WHERE i.state = 'review' AND EXISTS (SELECT 1 FROM person_reach r WHERE r.person = :person AND r.unit = i.unit)
 ORDER BY i.changed_at DESC, i.id DESC LIMIT 50;

-- sql_plan_insert(unit int, import ref, number text, day ref, title text, year int, year_to int, agency text, parent_agency text, signer_prefix text, signer_title text, signer_name text, folded text, number_key text, person int, now int): int
INSERT INTO plan (unit, import, number, day, title, year, year_to, agency, parent_agency,
                  signer_prefix, signer_title, signer_name, folded, number_key, created_by, created_at)
VALUES (:unit, :import, :number, :day, :title, :year, :year_to, :agency, :parent_agency,
        :signer_prefix, :signer_title, :signer_name, :folded, :number_key, :person, :now) RETURNING id;

-- sql_plan_basis_insert(plan int, kind text, number text, number_key text, day ref, issuer text, position int): changes
INSERT INTO plan_basis (plan, kind, number, number_key, day, issuer, position)
VALUES (:plan, :kind, :number, :number_key, :day, :issuer, :position);

-- sql_plan_line_insert(plan int, kind text, no text, wording text, position int): changes
INSERT INTO plan_line (plan, kind, no, wording, position) VALUES (:plan, :kind, :no, :wording, :position);

-- sql_plan_units(person int): rows
-- Units within reach; the page keeps those that issue documents.
SELECT u.id, u.kind, u.name
  FROM unit_now u
 WHERE EXISTS (SELECT 1 FROM person_reach r WHERE r.person = :person AND r.unit = u.id)
 ORDER BY u.sort_key, u.id LIMIT 2000;

-- sql_plan_leaders(unit int, role int): rows
-- Who can answer for and approve an agency's tasks.
SELECT p.id, p.name, max(o.title) AS title
  FROM person p JOIN person_post o ON o.person = p.id
 WHERE o.unit = :unit AND o.role = :role AND o.ended = 0 AND p.locked = 0
 GROUP BY p.id, p.name, p.sort_key ORDER BY p.sort_key, p.id LIMIT 50;

-- sql_plan_list(person int, words text, today int): rows
-- Plans within reach, newest year first, with the progress of their occurrences.
SELECT p.id, p.number, p.title, p.year, p.day, u.name AS unit_name,
       (SELECT count(*) FROM task t WHERE t.plan = p.id AND t.state = 'active') AS tasks,
       (SELECT count(*) FROM task t JOIN occurrence o ON o.task = t.id
         WHERE t.plan = p.id AND o.state <> 'cancelled') AS occurrences,
       (SELECT count(*) FROM task t JOIN occurrence o ON o.task = t.id
         WHERE t.plan = p.id AND o.state = 'done') AS done,
       (SELECT count(*) FROM task t JOIN occurrence o ON o.task = t.id
         WHERE t.plan = p.id AND o.strict = 1 AND o.due_day < :today AND o.state IN ('open', 'returned')) AS late
  FROM plan p JOIN unit_any u ON u.id = p.unit
 WHERE (:words = '' OR p.folded LIKE '%' || :words || '%')
   AND EXISTS (SELECT 1 FROM unit_reach r JOIN person_post o ON o.unit = r.ancestor OR o.unit = r.descendant
                WHERE o.person = :person AND o.ended = 0
                  AND ((r.ancestor = o.unit AND r.descendant = p.unit) OR (r.descendant = o.unit AND r.ancestor = p.unit)))
 ORDER BY p.year DESC, p.day DESC, p.id DESC LIMIT 200;

-- sql_plan_one(id int, person int): rows
-- A plan is read by everybody above and below the unit it belongs to.
SELECT p.id, p.unit, p.import, p.number, p.day, p.title, p.year, p.signer_prefix, p.signer_title, p.signer_name, u.name AS unit_name
  FROM plan p JOIN unit_any u ON u.id = p.unit
 WHERE p.id = :id
   AND EXISTS (SELECT 1 FROM person_post o JOIN unit_reach r
                  ON (r.ancestor = o.unit AND r.descendant = p.unit) OR (r.descendant = o.unit AND r.ancestor = p.unit)
                WHERE o.person = :person AND o.ended = 0);

-- sql_plan_bases(plan int): rows
SELECT b.kind, b.number, b.day, b.issuer,
       (SELECT max(q.id) FROM plan q WHERE b.number_key <> '' AND q.number_key = b.number_key
            AND ((q.unit = p.unit AND q.day = b.day)
                 OR EXISTS (SELECT 1 FROM plan_above x WHERE x.plan = p.id AND x.above = q.id AND x.state <> 'cut'))) AS known
  FROM plan_basis b JOIN plan p ON p.id = b.plan WHERE b.plan = :plan ORDER BY b.position, b.id LIMIT 50;

-- sql_plan_lines(plan int, kind text): rows
SELECT no, wording FROM plan_line WHERE plan = :plan AND kind = :kind ORDER BY position, id LIMIT 500;

-- sql_plan_areas(): rows
-- The six fields of reform, and last what names none.
SELECT id, name, id AS place FROM task_area UNION ALL SELECT 0 AS id, 'Nội dung chung' AS name, 7 AS place ORDER BY place;

-- sql_plan_tasks(plan int): rows
-- state, label and period_count are filled in by the page, which counts the occurrences once.
SELECT t.id, t.area, t.no, t.title, t.kind, t.time_words, t.time_raw, s.ro1, s.ro2, s.ro3, s.ro4, s.ro5, s.ro6, s.ro_count, s.ro_label,
       '' AS state, '' AS label, '' AS period_count
  FROM task t JOIN task_six s ON s.task = t.id
 WHERE t.plan = :plan AND t.state = 'active'
 ORDER BY CASE t.area WHEN 0 THEN 7 ELSE t.area END, t.position, t.id LIMIT 500;

-- sql_plan_occurrences(plan int): rows
-- Row by row, in order of task and period: several units may have to prove one period.
SELECT o.task, o.number, o.label, o.state, o.strict, o.due_day, o.end_day
  FROM task t JOIN occurrence o ON o.task = t.id
 WHERE t.plan = :plan AND t.state = 'active' AND o.state <> 'cancelled'
 ORDER BY o.task, o.number, o.id LIMIT 50000;

-- sql_plan_history(plan int): rows
SELECT e.at, e.summary, e.task, t.title, p.name AS person_name
  FROM task_event e JOIN task t ON t.id = e.task LEFT JOIN person p ON p.id = e.person
 WHERE t.plan = :plan ORDER BY e.at DESC, e.id DESC LIMIT 12;

-- sql_plan_parties(plan int): rows
-- As the document words them; a set of units is one wording on many rows, of which the page keeps the first.
SELECT u.task, u.role, CASE WHEN u.wording <> '' THEN u.wording ELSE n.short_name END AS wording
  FROM task t JOIN task_unit u ON u.task = t.id
  LEFT JOIN unit_name n ON n.unit = u.unit AND n.to_day IS NULL AND u.wording = ''
 WHERE t.plan = :plan AND t.state = 'active' ORDER BY u.task, u.role, u.position, u.id LIMIT 20000;

-- sql_plan_products(plan int): rows
SELECT p.task, p.wording FROM task t JOIN task_product p ON p.task = t.id
 WHERE t.plan = :plan AND t.state = 'active' ORDER BY p.task, p.position, p.id LIMIT 5000;

-- sql_plan_editor(unit int, coordinator int, leader int): int
-- Who stands for plans that the command line brings in: the agency's own coordinator, else its leader.
SELECT o.person FROM person_post o JOIN person p ON p.id = o.person
 WHERE o.unit = :unit AND o.ended = 0 AND p.locked = 0 AND o.role IN (:coordinator, :leader)
 ORDER BY CASE o.role WHEN :coordinator THEN 0 ELSE 1 END, o.id LIMIT 1;
