-- sql_person_reaches(person int, unit int): int
SELECT count(*) FROM person_reach WHERE person = :person AND unit = :unit;

-- sql_person_holds(person int, unit int, roles int): int
SELECT count(*) FROM person_post pp JOIN unit_reach ur ON ur.ancestor = pp.unit
 WHERE pp.person = :person AND pp.ended = 0 AND (pp.role & :roles) <> 0 AND ur.descendant = :unit;

-- sql_person_by_login(login text): int
SELECT id FROM person WHERE login = :login;

-- sql_person_read(person int): rows
SELECT id, login, name, password, password_at, must_change, locked, totp_secret, totp_on, totp_last, created_at
  FROM person WHERE id = :person;

-- sql_person_insert(login text, name text, sort_key text, folded text, password text, must_change int, now int): int
INSERT INTO person (login, name, sort_key, folded, password, password_at, must_change, locked, totp_on, totp_last, created_at)
VALUES (:login, :name, :sort_key, :folded, :password, :now, :must_change, 0, 0, 0, :now) RETURNING id;

-- sql_person_insert_post(person int, unit int, role int, title text, day int): int
INSERT INTO person_post (person, unit, role, title, from_day, ended)
VALUES (:person, :unit, :role, :title, :day, 0) RETURNING id;

-- sql_person_same_post(person int, unit int, role int): int
SELECT count(*) FROM person_post WHERE person = :person AND unit = :unit AND role = :role AND ended = 0;

-- sql_person_post_read(post int): rows
SELECT id, person, unit, role, from_day, ended FROM person_post WHERE id = :post;

-- sql_person_end_post(post int, day int, ended int): changes
UPDATE person_post SET to_day = :day, ended = :ended WHERE id = :post AND ended = 0;

-- sql_person_end_due_posts(today int): changes
UPDATE person_post SET ended = 1 WHERE ended = 0 AND to_day <= :today;

-- sql_person_set_locked(person int, locked int): changes
UPDATE person SET locked = :locked WHERE id = :person;

-- sql_person_set_password(person int, password text, must_change int, now int): changes
UPDATE person SET password = :password, must_change = :must_change, password_at = :now WHERE id = :person;

-- sql_person_set_factor(person int, secret text, is_on int): changes
UPDATE person SET totp_secret = :secret, totp_on = :is_on WHERE id = :person;

-- sql_person_take_counter(person int, counter int): changes
-- A code counts once: of two requests with the same code one changes a row.
UPDATE person SET totp_last = :counter WHERE id = :person AND totp_last < :counter;

-- sql_person_insert_recovery(person int, code text): changes
INSERT INTO person_recovery (person, code) VALUES (:person, :code);

-- sql_person_use_recovery(person int, code text, now int): changes
UPDATE person_recovery SET used_at = :now WHERE person = :person AND code = :code AND used_at IS NULL;

-- sql_person_drop_recovery(person int): changes
DELETE FROM person_recovery WHERE person = :person;

-- sql_person_recovery_left(person int): int
SELECT count(*) FROM person_recovery WHERE person = :person AND used_at IS NULL;

-- sql_person_granted(person int, today int): rows
-- Each role is one bit, so the sum of the different ones has them all.
SELECT COALESCE(CAST(SUM(DISTINCT pp.role) AS BIGINT), 0) AS granted,
       (SELECT m.unit FROM person_post m
         WHERE m.person = :person AND m.ended = 0 AND (m.to_day IS NULL OR m.to_day > :today)
         ORDER BY m.id LIMIT 1) AS unit
  FROM person_post pp
 WHERE pp.person = :person AND pp.ended = 0 AND (pp.to_day IS NULL OR pp.to_day > :today);

-- sql_person_administers(person int, unit int): int
SELECT count(*) FROM person_post pp JOIN unit_reach ur ON ur.ancestor = pp.unit
 WHERE pp.person = :person AND pp.role = 4 AND pp.ended = 0 AND ur.descendant = :unit;

-- sql_person_is_chief(person int): int
-- role 4: administrator, of modules/role.h.
SELECT count(*) FROM person_post pp
 WHERE pp.person = :person AND pp.role = 4 AND pp.ended = 0
   AND NOT EXISTS (SELECT 1 FROM unit_reach ur JOIN person_post ap ON ap.unit = ur.ancestor JOIN person p ON p.id = ap.person
                    WHERE ur.descendant = pp.unit AND ur.ancestor <> pp.unit AND ap.role = 4 AND ap.ended = 0 AND p.locked = 0);

-- sql_person_manages(admin int, person int): int
-- Nothing the person holds lies outside the administrator's units.
SELECT count(*) FROM person p
 WHERE p.id = :person
   AND NOT EXISTS (SELECT 1 FROM person_post pp WHERE pp.person = p.id AND pp.ended = 0 AND pp.unit NOT IN
       (SELECT ur.descendant FROM person_post ap JOIN unit_reach ur ON ur.ancestor = ap.unit
         WHERE ap.person = :admin AND ap.role = 4 AND ap.ended = 0))
   AND (NOT EXISTS (SELECT 1 FROM person_post pp WHERE pp.person = p.id)
        OR EXISTS (SELECT 1 FROM person_post pp JOIN unit_reach ur ON ur.descendant = pp.unit
             JOIN person_post ap ON ap.unit = ur.ancestor AND ap.role = 4 AND ap.ended = 0 AND ap.person = :admin
            WHERE pp.person = p.id));

-- sql_person_session(token text, now int, today int): rows
-- All a request needs to know of who asks.
SELECT s.id, s.person, s.started_at, s.seen_at, s.remember, s.waiting, p.must_change, p.name, p.login,
       COALESCE((SELECT CAST(SUM(DISTINCT pp.role) AS BIGINT) FROM person_post pp
         WHERE pp.person = p.id AND pp.ended = 0 AND (pp.to_day IS NULL OR pp.to_day > :today)), 0) AS granted,
       (SELECT m.unit FROM person_post m
         WHERE m.person = p.id AND m.ended = 0 AND (m.to_day IS NULL OR m.to_day > :today)
         ORDER BY m.id LIMIT 1) AS unit,
       CASE WHEN p.totp_on = 0 AND EXISTS
            (SELECT 1 FROM person_post rp JOIN unit_reach ur ON ur.descendant = rp.unit
               JOIN person_rule r ON r.unit = ur.ancestor AND r.role = rp.role AND r.second_factor = 1
              WHERE rp.person = p.id AND rp.ended = 0) THEN 1 ELSE 0 END AS owes_factor
  FROM person_session s JOIN person p ON p.id = s.person
 WHERE s.token = :token AND s.ends_at > :now AND p.locked = 0;

-- sql_person_insert_session(token text, person int, now int, ends_at int, remember int, waiting int, remote text, device text): int
INSERT INTO person_session (token, person, started_at, seen_at, ends_at, remember, waiting, remote, device)
VALUES (:token, :person, :now, :now, :ends_at, :remember, :waiting, :remote, :device) RETURNING id;

-- sql_person_touch_session(session int, now int, ends_at int): changes
UPDATE person_session SET seen_at = :now, ends_at = :ends_at WHERE id = :session;

-- sql_person_wake_session(session int): changes
UPDATE person_session SET waiting = 0 WHERE id = :session;

-- sql_person_end_session(session int, person int): changes
DELETE FROM person_session WHERE id = :session AND person = :person;

-- sql_person_end_sessions(person int, but text): changes
DELETE FROM person_session WHERE person = :person AND token <> :but;

-- sql_person_end_token(token text): changes
DELETE FROM person_session WHERE token = :token;

-- sql_person_sessions(person int, now int, token text): rows
SELECT id, started_at, seen_at, ends_at, device, remote, CASE WHEN token = :token THEN 1 ELSE 0 END AS this_one
  FROM person_session WHERE person = :person AND ends_at > :now AND waiting = 0
 ORDER BY seen_at DESC, id LIMIT 50;

-- sql_person_drop_ended_sessions(now int): changes
DELETE FROM person_session WHERE ends_at <= :now;

-- sql_person_failing(login text, address text, now int): int
SELECT count(*) FROM person_failure WHERE subject IN (:login, :address) AND locked_until > :now;

-- sql_person_failed(subject text, now int, span int, most int): changes
INSERT INTO person_failure (subject, failures, last_at, locked_until) VALUES (:subject, 1, :now, 0)
ON CONFLICT (subject) DO UPDATE SET
    failures = CASE WHEN person_failure.last_at + :span <= :now THEN 1 ELSE person_failure.failures + 1 END,
    locked_until = CASE WHEN person_failure.last_at + :span > :now AND person_failure.failures + 1 >= :most
                        THEN :now + :span ELSE 0 END,
    last_at = :now;

-- sql_person_forgive(subject text): changes
DELETE FROM person_failure WHERE subject = :subject;

-- sql_person_drop_old_failures(before int): changes
DELETE FROM person_failure WHERE last_at < :before AND locked_until < :before;

-- sql_person_set_rule(unit int, role int, second_factor int): changes
INSERT INTO person_rule (unit, role, second_factor) VALUES (:unit, :role, :second_factor)
ON CONFLICT (unit, role) DO UPDATE SET second_factor = :second_factor;

-- sql_person_rules(unit int): rows
SELECT role, second_factor FROM person_rule WHERE unit = :unit AND second_factor = 1 ORDER BY role LIMIT 20;

-- sql_person_posts(person int): rows
SELECT pp.id, pp.person AS owner, pp.role, pp.title, pp.from_day, pp.to_day, pp.ended, u.name AS unit_name, pp.unit
  FROM person_post pp JOIN unit_any u ON u.id = pp.unit
 WHERE pp.person = :person ORDER BY pp.ended, pp.id LIMIT 100;

-- sql_person_list(admin int, word text): rows
-- word: folded, with % at both ends.
SELECT p.id, p.login, p.name, p.locked, p.totp_on,
       (SELECT m.role FROM person_post m WHERE m.person = p.id AND m.ended = 0 ORDER BY m.id LIMIT 1) AS role,
       COALESCE((SELECT u.short_name FROM person_post m JOIN unit_any u ON u.id = m.unit
         WHERE m.person = p.id AND m.ended = 0 ORDER BY m.id LIMIT 1), 'Chưa có chức vụ') AS unit_name,
       (SELECT MAX(s.seen_at) FROM person_session s WHERE s.person = p.id) AS seen_at
  FROM person p
 WHERE p.folded LIKE :word
   AND (NOT EXISTS (SELECT 1 FROM person_post pp WHERE pp.person = p.id)
        OR EXISTS (SELECT 1 FROM person_post pp JOIN unit_reach ur ON ur.descendant = pp.unit
             JOIN person_post ap ON ap.unit = ur.ancestor AND ap.role = 4 AND ap.ended = 0 AND ap.person = :admin
            WHERE pp.person = p.id))
 ORDER BY p.sort_key, p.id LIMIT 500;

-- sql_person_admin_units(admin int): rows
SELECT DISTINCT n.id, n.name, n.sort_key
  FROM person_post ap JOIN unit_reach ur ON ur.ancestor = ap.unit JOIN unit_now n ON n.id = ur.descendant
 WHERE ap.person = :admin AND ap.role = 4 AND ap.ended = 0
 ORDER BY n.sort_key, n.id LIMIT 5000;

-- sql_person_all(): rows
SELECT p.login, p.name, p.locked, p.must_change, p.totp_on,
       COALESCE((SELECT u.code FROM person_post m JOIN unit u ON u.id = m.unit
         WHERE m.person = p.id AND m.ended = 0 ORDER BY m.id LIMIT 1), '') AS unit_code,
       COALESCE((SELECT m.role FROM person_post m WHERE m.person = p.id AND m.ended = 0 ORDER BY m.id LIMIT 1), 0) AS role
  FROM person p ORDER BY p.login LIMIT 100000;
