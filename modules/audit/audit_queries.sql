-- sql_audit_insert(person int, unit int, remote text, action text, kind text, object int, summary text, now int, hash text): int
INSERT INTO audit (person, unit, remote, action, kind, object, summary, at, hash)
VALUES (:person, :unit, :remote, :action, :kind, :object, :summary, :now, :hash) RETURNING id;

-- sql_audit_last_seal(): rows
SELECT seal, hash FROM audit_seal ORDER BY seal DESC LIMIT 1;

-- sql_audit_take(seal int): changes
UPDATE audit SET seal = :seal WHERE seal IS NULL AND id IN
       (SELECT u.id FROM audit u WHERE u.seal IS NULL ORDER BY u.id LIMIT 2000);

-- sql_audit_taken(seal int): rows
SELECT id, hash FROM audit WHERE seal = :seal ORDER BY id LIMIT 2000;

-- sql_audit_insert_seal(seal int, entries int, hash text, now int): changes
INSERT INTO audit_seal (seal, entries, hash, at) VALUES (:seal, :entries, :hash, :now);

-- sql_audit_sealed(): each
SELECT a.id, a.person, a.unit, a.remote, a.action, a.kind, a.object, a.summary, a.at, a.hash, a.seal,
       s.hash AS seal_hash, s.entries
  FROM audit a LEFT JOIN audit_seal s ON s.seal = a.seal
 WHERE a.seal IS NOT NULL ORDER BY a.seal, a.id;

-- sql_audit_unsealed(): each
SELECT id, person, unit, remote, action, kind, object, summary, at, hash FROM audit WHERE seal IS NULL ORDER BY id;

-- sql_audit_list(admin int, person int, kind text, object int, from_at int, to_at int, before int): rows
-- What was done for the administrator's units, in them, by their people or to their accounts. admin 0: everything.
WITH own (unit) AS (
    SELECT ur.descendant FROM person_post ap JOIN unit_reach ur ON ur.ancestor = ap.unit
     WHERE ap.person = :admin AND ap.role = 4 AND ap.ended = 0
), staff (person) AS (SELECT pp.person FROM person_post pp JOIN own ON own.unit = pp.unit)
SELECT a.id, a.at, a.action, a.kind, a.object, a.summary, a.remote, a.person, a.seal,
       COALESCE(p.name, 'Hệ thống') AS person_name, p.login, COALESCE(u.short_name, '') AS unit_name
  FROM audit a LEFT JOIN person p ON p.id = a.person LEFT JOIN unit_any u ON u.id = a.unit
 WHERE (:admin = 0
        OR a.unit IN (SELECT unit FROM own) OR (a.kind = 'unit' AND a.object IN (SELECT unit FROM own))
        OR a.person IN (SELECT person FROM staff) OR (a.kind = 'person' AND a.object IN (SELECT person FROM staff)))
   AND (:person = 0 OR a.person = :person)
   AND (:kind = '' OR a.kind = :kind) AND (:object = 0 OR a.object = :object)
   AND a.at >= :from_at AND a.at < :to_at AND a.id < :before
 ORDER BY a.id DESC LIMIT 51;

-- sql_audit_kinds(): rows
SELECT DISTINCT kind FROM audit ORDER BY kind LIMIT 100;

-- sql_audit_people(admin int): rows
SELECT DISTINCT p.id, p.name, p.login, p.sort_key FROM person p
  JOIN person_post pp ON pp.person = p.id JOIN unit_reach ur ON ur.descendant = pp.unit
  JOIN person_post ap ON ap.unit = ur.ancestor AND ap.role = 4 AND ap.ended = 0 AND ap.person = :admin
 ORDER BY p.sort_key, p.id LIMIT 2000;
