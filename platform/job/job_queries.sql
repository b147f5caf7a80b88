-- The durable queue. A row belongs to (claimed_by, tries): who comes late finds it changed and does nothing.

-- sql_job_insert(kind text, payload text, not_before int, now int): int
INSERT INTO job (kind, payload, state, tries, not_before_at, added_at)
VALUES (:kind, :payload, 'waiting', 0, :not_before, :now) RETURNING id;

-- sql_job_insert_slot(kind text, slot int, not_before int, now int): changes
INSERT INTO job (kind, payload, state, tries, not_before_at, slot, added_at)
VALUES (:kind, '', 'waiting', 0, :not_before, :slot, :now) ON CONFLICT DO NOTHING;

-- sql_job_next_due(): int
-- The moment at which something is due: a waiting job's, or the end of a dead process's claim. 0: nothing waits.
SELECT min(CASE WHEN state = 'waiting' THEN not_before_at ELSE claimed_until_at END)
  FROM job WHERE state IN ('waiting', 'running');

-- sql_job_claim(claimer text, until int, now int): rows
UPDATE job SET state = 'running', tries = tries + 1, claimed_by = :claimer, claimed_until_at = :until
 WHERE id = (SELECT j.id FROM job j
              WHERE (j.state = 'waiting' AND j.not_before_at <= :now)
                 OR (j.state = 'running' AND j.claimed_until_at <= :now)
              ORDER BY j.not_before_at, j.id LIMIT 1)
   AND ((state = 'waiting' AND not_before_at <= :now) OR (state = 'running' AND claimed_until_at <= :now))
RETURNING id, kind, payload, tries;

-- sql_job_renew(until int, claimer text): changes
UPDATE job SET claimed_until_at = :until WHERE claimed_by = :claimer AND state = 'running';

-- sql_job_done(now int, job int, claimer text, tries int): changes
UPDATE job SET state = 'done', payload = '', done_at = :now, last_error = NULL
 WHERE id = :job AND state = 'running' AND claimed_by = :claimer AND tries = :tries;

-- sql_job_failed(state text, not_before int, error text, job int, claimer text, tries int): changes
UPDATE job SET state = :state, not_before_at = :not_before, last_error = :error
 WHERE id = :job AND state = 'running' AND claimed_by = :claimer AND tries = :tries;

-- sql_job_retry(now int, job int): changes
UPDATE job SET state = 'waiting', tries = 0, not_before_at = :now WHERE id = :job AND state = 'given_up';

-- sql_job_delete_done(before int): changes
DELETE FROM job WHERE state = 'done' AND done_at < :before;

-- sql_job_list(): rows
-- For the administrator: given up first, then what runs and waits, then what is done.
SELECT id, kind, state, tries, not_before_at, last_error, added_at,
       CASE state WHEN 'given_up' THEN 0 WHEN 'running' THEN 1 WHEN 'waiting' THEN 2 ELSE 3 END AS turn
  FROM job ORDER BY turn, added_at DESC, id DESC LIMIT 200;
