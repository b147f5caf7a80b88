-- sql_form_done_insert(token text, status int, location text): changes
INSERT INTO form_done (token, status, location) VALUES (:token, :status, :location) ON CONFLICT DO NOTHING;

-- sql_form_done_find(token text): rows
SELECT status, location FROM form_done WHERE token = :token;

-- sql_form_done_purge(before text): changes
-- A few at a time: it runs inside somebody's request.
DELETE FROM form_done WHERE token IN (SELECT token FROM form_done WHERE token < :before ORDER BY token LIMIT 1000);
