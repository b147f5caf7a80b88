-- sql_stored_file_insert(hash text, size int, type text, preview text, now int): changes
INSERT INTO stored_file (hash, size, type, preview, at) VALUES (:hash, :size, :type, :preview, :now) ON CONFLICT DO NOTHING;

-- sql_stored_file(hash text): rows
SELECT hash, size, type, preview FROM stored_file WHERE hash = :hash;

-- sql_stored_file_known(hash text): int
SELECT count(*) FROM stored_file WHERE hash = :hash;
