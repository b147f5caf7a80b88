-- sql_proof_view(occurrence int, person int): rows
-- One row when the person reaches the task. member: may prove; decides: may approve.
SELECT o.id, o.task, o.unit, o.label, o.state, o.quota, o.submitted_by, t.state AS task_state,
       (SELECT count(*) FROM evidence e WHERE e.occurrence = o.id) AS pieces,
       CASE WHEN t.responsible = :person OR EXISTS
                 (SELECT 1 FROM person_reach r WHERE r.person = :person AND r.unit = o.unit) THEN 1 ELSE 0 END AS member,
       CASE WHEN EXISTS (SELECT 1 FROM task_decider d WHERE d.person = :person AND d.task = o.task) THEN 1 ELSE 0 END AS decides
  FROM occurrence o JOIN task t ON t.id = o.task
 WHERE o.id = :occurrence AND EXISTS (SELECT 1 FROM task_reach r WHERE r.task = o.task AND r.person = :person);

-- sql_proof_used(source text, person int): rows
-- Where a file proved already; title is empty when that is not for this person's eyes.
SELECT e.occurrence, o.label,
       CASE WHEN EXISTS (SELECT 1 FROM task_reach r WHERE r.task = o.task AND r.person = :person)
            THEN t.title ELSE '' END AS title
  FROM evidence e JOIN occurrence o ON o.id = e.occurrence JOIN task t ON t.id = o.task
 WHERE e.source = :source;

-- sql_proof_insert(occurrence int, kind text, hash text, source text, file_name text, url text, person int, now int): changes
INSERT INTO evidence (occurrence, kind, hash, source, file_name, url, person, at)
VALUES (:occurrence, :kind, :hash, :source, :file_name, :url, :person, :now) ON CONFLICT DO NOTHING;

-- sql_proof_occurrence(evidence int): int
SELECT occurrence FROM evidence WHERE id = :evidence;

-- sql_proof_delete(evidence int): changes
DELETE FROM evidence WHERE id = :evidence
   AND EXISTS (SELECT 1 FROM occurrence o WHERE o.id = evidence.occurrence AND o.state IN ('open', 'returned'));

-- sql_proof_submit(occurrence int, note text, made int, person int, now int): changes
UPDATE occurrence SET state = 'submitted', note = :note, made = :made, submitted_by = :person, submitted_at = :now
 WHERE id = :occurrence AND state IN ('open', 'returned');

-- sql_proof_approve(occurrence int, person int, now int): changes
UPDATE occurrence SET state = 'done', decided_by = :person, decided_at = :now, reason = ''
 WHERE id = :occurrence AND state = 'submitted';

-- sql_proof_return(occurrence int, reason text, person int, now int): changes
UPDATE occurrence SET state = 'returned', decided_by = :person, decided_at = :now, reason = :reason
 WHERE id = :occurrence AND state = 'submitted';

-- sql_proof_reopen(occurrence int, reason text, person int, now int): changes
UPDATE occurrence SET state = 'returned', decided_by = :person, decided_at = :now, reason = :reason
 WHERE id = :occurrence AND state = 'done';
