-- sql_form_done_insert(token_hash text, status int, location text, now int): changes
INSERT INTO form_done (token_hash, status, location, at) VALUES (:token_hash, :status, :location, :now)
ON CONFLICT DO NOTHING;

-- sql_form_done_find(token_hash text): rows
SELECT status, location FROM form_done WHERE token_hash = :token_hash;

-- sql_form_done_purge(before int): changes
-- A few at a time: it runs inside somebody's request.
DELETE FROM form_done WHERE token_hash IN
       (SELECT token_hash FROM form_done WHERE at < :before ORDER BY at, token_hash LIMIT 500);
