-- sql_unit_insert(code text, kind text, day int): int
INSERT INTO unit (code, kind, opened_day) VALUES (:code, :kind, :day) RETURNING id;

-- sql_unit_insert_name(unit int, name text, short_name text, symbol text, sort_key text, folded text, day int, basis text): int
INSERT INTO unit_name (unit, name, short_name, symbol, sort_key, folded, from_day, basis)
VALUES (:unit, :name, :short_name, :symbol, :sort_key, :folded, :day, :basis) RETURNING id;

-- sql_unit_end_name(unit int, day int): changes
UPDATE unit_name SET to_day = :day WHERE unit = :unit AND to_day IS NULL;

-- sql_unit_insert_link(unit int, parent int, kind text, day int, basis text): int
INSERT INTO unit_link (unit, parent, kind, from_day, basis) VALUES (:unit, :parent, :kind, :day, :basis) RETURNING id;

-- sql_unit_end_link(unit int, kind text, day int): changes
UPDATE unit_link SET to_day = :day WHERE unit = :unit AND kind = :kind AND to_day IS NULL;

-- sql_unit_end(unit int, day int): changes
UPDATE unit SET closed_day = :day WHERE id = :unit AND closed_day IS NULL;

-- sql_unit_insert_successor(unit int, successor int, day int, basis text): changes
INSERT INTO unit_successor (unit, successor, from_day, basis) VALUES (:unit, :successor, :day, :basis);

-- sql_unit_reach_self(unit int): changes
INSERT INTO unit_reach (ancestor, descendant) SELECT id, id FROM unit WHERE id = :unit;

-- sql_unit_reach_cut(unit int): changes
-- The unit and what is below it leave everything above it.
DELETE FROM unit_reach
 WHERE descendant IN (SELECT d.descendant FROM unit_reach d WHERE d.ancestor = :unit)
   AND ancestor NOT IN (SELECT d.descendant FROM unit_reach d WHERE d.ancestor = :unit);

-- sql_unit_reach_hang(unit int, parent int): changes
INSERT INTO unit_reach (ancestor, descendant)
SELECT a.ancestor, d.descendant FROM unit_reach a, unit_reach d
 WHERE a.descendant = :parent AND d.ancestor = :unit;

-- sql_unit_is_below(unit int, top int): int
SELECT count(*) FROM unit_reach WHERE ancestor = :top AND descendant = :unit;

-- sql_unit_read(unit int): rows
SELECT u.id, u.code, u.kind, u.place, u.opened_day, u.closed_day, n.name, n.short_name, n.symbol, n.from_day AS named_day,
       p.parent, p.from_day AS parent_day, a.parent AS admin_parent, a.from_day AS admin_day,
       pn.name AS parent_name, an.name AS admin_name
  FROM unit u
  JOIN unit_name n ON n.unit = u.id AND n.to_day IS NULL
  LEFT JOIN unit_link p ON p.unit = u.id AND p.kind = 'professional' AND p.to_day IS NULL
  LEFT JOIN unit_link a ON a.unit = u.id AND a.kind = 'admin' AND a.to_day IS NULL
  LEFT JOIN unit_name pn ON pn.unit = p.parent AND pn.to_day IS NULL
  LEFT JOIN unit_name an ON an.unit = a.parent AND an.to_day IS NULL
 WHERE u.id = :unit;

-- sql_unit_by_code(code text): int
SELECT id FROM unit WHERE code = :code AND closed_day IS NULL;

-- sql_unit_open_children(unit int): int
SELECT count(*) FROM unit_link l JOIN unit u ON u.id = l.unit
 WHERE l.parent = :unit AND l.kind = 'professional' AND l.to_day IS NULL AND u.closed_day IS NULL;

-- sql_unit_children(unit int): rows
-- Of both lines; each is moved when its parent is merged.
SELECT l.unit, l.kind FROM unit_link l JOIN unit u ON u.id = l.unit
 WHERE l.parent = :unit AND l.to_day IS NULL AND u.closed_day IS NULL ORDER BY l.id LIMIT 5000;

-- sql_unit_names_at(unit int, day int): rows
-- A unit's names follow each other without a gap, so only days before the first match none.
SELECT name, short_name, symbol FROM unit_name WHERE unit = :unit
 ORDER BY CASE WHEN from_day <= :day AND (to_day IS NULL OR to_day > :day) THEN 0 ELSE 1 END, from_day, id LIMIT 1;

-- sql_unit_tree_at(root int, day int): rows
-- The sort key is hexadecimal without the byte 00, so 00 between keys sorts a parent before its children.
WITH RECURSIVE alive (id, code, kind, name, short_name, symbol, sort_key) AS (
    SELECT u.id, u.code, u.kind, n.name, n.short_name, n.symbol, n.sort_key
      FROM unit u JOIN unit_name n ON n.unit = u.id
     WHERE u.opened_day <= :day AND (u.closed_day IS NULL OR u.closed_day > :day)
       AND n.from_day <= :day AND (n.to_day IS NULL OR n.to_day > :day)
), line (unit, parent) AS (
    SELECT unit, parent FROM unit_link
     WHERE kind = 'professional' AND from_day <= :day AND (to_day IS NULL OR to_day > :day)
), tree (id, parent, depth, path) AS (
    SELECT a.id, l.parent, CAST(0 AS BIGINT), a.sort_key
      FROM alive a LEFT JOIN line l ON l.unit = a.id
     WHERE a.id = :root OR (:root = 0 AND l.parent IS NULL)
    UNION ALL
    SELECT a.id, l.parent, t.depth + 1, t.path || '00' || a.sort_key || '00' || CAST(a.id AS TEXT)
      FROM tree t JOIN line l ON l.parent = t.id JOIN alive a ON a.id = l.unit
     WHERE t.depth < 20
)
SELECT t.id, a.code, a.kind, CASE WHEN t.depth = 0 THEN NULL ELSE t.parent END AS parent, t.depth,
       a.name, a.short_name, a.symbol
  FROM tree t JOIN alive a ON a.id = t.id
 ORDER BY t.path, t.id LIMIT 50000;

-- sql_unit_living(unit int): int
WITH RECURSIVE line (id, depth) AS (
    SELECT id, 0 FROM unit WHERE id = :unit
    UNION ALL
    SELECT s.successor, l.depth + 1 FROM line l JOIN unit_successor s ON s.unit = l.id WHERE l.depth < 50
)
SELECT l.id FROM line l JOIN unit u ON u.id = l.id WHERE u.closed_day IS NULL ORDER BY l.depth, l.id LIMIT 1;

-- sql_unit_line_up(unit int): rows
-- From the unit to the root; what stands above each now.
WITH RECURSIVE line (id, depth) AS (
    SELECT id, 0 FROM unit WHERE id = :unit
    UNION ALL
    SELECT k.parent, l.depth + 1 FROM line l
      JOIN unit_link k ON k.unit = l.id AND k.kind = 'professional' AND k.to_day IS NULL
     WHERE l.depth < 20
)
SELECT l.id, u.kind, n.name, n.short_name FROM line l JOIN unit u ON u.id = l.id
  JOIN unit_name n ON n.unit = u.id AND n.to_day IS NULL
 ORDER BY l.depth, l.id LIMIT 20;

-- sql_unit_candidates(context int, day int): rows
-- Every name, also old ones, of the units a document of the agency may speak of.
-- place: 0 itself, 1.. depth below, 100.. above, 200 beside one of those above or itself.
WITH RECURSIVE line (unit, parent) AS (
    SELECT unit, parent FROM unit_link
     WHERE kind = 'professional' AND from_day <= :day AND (to_day IS NULL OR to_day > :day)
), below (id, place) AS (
    SELECT id, CAST(0 AS BIGINT) FROM unit WHERE id = :context
    UNION ALL
    SELECT l.unit, b.place + 1 FROM below b JOIN line l ON l.parent = b.id WHERE b.place < 20
), above (id, place) AS (
    SELECT l.parent, CAST(101 AS BIGINT) FROM line l WHERE l.unit = :context
    UNION ALL
    SELECT l.parent, a.place + 1 FROM above a JOIN line l ON l.unit = a.id WHERE a.place < 120
), near (id, place) AS (
    SELECT id, place FROM below
    UNION ALL SELECT id, place FROM above
    UNION ALL SELECT l.unit, CAST(200 AS BIGINT) FROM above a JOIN line l ON l.parent = a.id
     WHERE l.unit NOT IN (SELECT id FROM below) AND l.unit NOT IN (SELECT id FROM above)
)
SELECT u.id, u.kind, near.place, n.name, n.short_name, n.symbol,
       CASE WHEN n.from_day <= :day AND (n.to_day IS NULL OR n.to_day > :day) THEN 0 ELSE 1 END AS old,
       CASE WHEN u.closed_day IS NULL OR u.closed_day > :day THEN 0 ELSE 1 END AS closed
  FROM near JOIN unit u ON u.id = near.id JOIN unit_name n ON n.unit = u.id
 ORDER BY near.place, old, n.sort_key, u.id LIMIT 50000;

-- sql_unit_insert_change(unit int, action text, name text, short_name text, symbol text, target ref, link text, day int, basis text): int
INSERT INTO unit_change (unit, action, name, short_name, symbol, target, link, from_day, basis)
VALUES (:unit, :action, :name, :short_name, :symbol, :target, :link, :day, :basis) RETURNING id;

-- sql_unit_changes_due(day int): rows
SELECT id, unit, action, name, short_name, symbol, target, link, from_day, basis
  FROM unit_change WHERE done_at IS NULL AND from_day <= :day ORDER BY from_day, id LIMIT 500;

-- sql_unit_change_done(change int, now int): changes
UPDATE unit_change SET done_at = :now WHERE id = :change AND done_at IS NULL;

-- sql_unit_administered(person int, unit int): int
SELECT count(*) FROM person_post pp JOIN unit_reach ur ON ur.ancestor = pp.unit
 WHERE pp.person = :person AND pp.role = 4 AND pp.ended = 0 AND ur.descendant = :unit;

-- sql_unit_reached(person int, unit int): int
SELECT count(*) FROM person_reach WHERE person = :person AND unit = :unit;

-- sql_unit_list(person int, day int): rows
-- The tree a person may see; a unit whose parent is out of reach stands at the margin.
WITH RECURSIVE seen (id, parent) AS (
    SELECT n.id, n.parent FROM unit_now n JOIN person_reach r ON r.unit = n.id AND r.person = :person
), tree (id, depth, path) AS (
    SELECT n.id, CAST(0 AS BIGINT), n.sort_key
      FROM unit_now n JOIN seen s ON s.id = n.id
     WHERE n.parent IS NULL OR n.parent NOT IN (SELECT id FROM seen)
    UNION ALL
    SELECT n.id, t.depth + 1, t.path || '00' || n.sort_key || '00' || CAST(n.id AS TEXT)
      FROM tree t JOIN unit_now n ON n.parent = t.id JOIN seen s ON s.id = n.id
     WHERE t.depth < 20
)
SELECT n.id, n.code, n.kind, n.name, n.short_name, n.symbol, t.depth,
       substr('— — — — — — — — — — ', 1, CAST(t.depth * 2 AS INTEGER)) AS indent,
       (SELECT count(*) FROM person_post pp
         WHERE pp.unit = n.id AND pp.ended = 0 AND (pp.to_day IS NULL OR pp.to_day > :day)) AS people
  FROM tree t JOIN unit_now n ON n.id = t.id
 ORDER BY t.path, n.id LIMIT 5000;

-- sql_unit_names(unit int): rows
SELECT name, short_name, symbol, from_day, to_day, basis FROM unit_name
 WHERE unit = :unit ORDER BY from_day DESC, id DESC LIMIT 100;

-- sql_unit_links(unit int): rows
SELECT l.kind, CASE WHEN l.kind = 'admin' THEN 'Quản lý trực tiếp' ELSE 'Chỉ đạo chuyên môn' END AS line,
       a.id AS parent, a.name AS parent_name, l.from_day, l.to_day, l.basis
  FROM unit_link l JOIN unit_any a ON a.id = l.parent
 WHERE l.unit = :unit ORDER BY l.from_day DESC, l.id DESC LIMIT 100;

-- sql_unit_mergers(unit int): rows
SELECT s.unit, s.successor, w.name AS from_name, i.name AS into_name, s.from_day, s.basis
  FROM unit_successor s JOIN unit_any w ON w.id = s.unit JOIN unit_any i ON i.id = s.successor
 WHERE s.unit = :unit OR s.successor = :unit ORDER BY s.from_day DESC, s.unit LIMIT 100;

-- sql_unit_waiting(unit int): rows
SELECT CASE h.action WHEN 'rename' THEN 'Đổi tên thành ' || h.name
                     WHEN 'move' THEN 'Chuyển về ' || COALESCE(t.name, 'gốc của cây')
                     WHEN 'merge' THEN 'Sáp nhập vào ' || t.name
                     ELSE 'Chấm dứt hoạt động' END AS what, h.from_day, h.basis
  FROM unit_change h LEFT JOIN unit_any t ON t.id = h.target
 WHERE h.unit = :unit AND h.done_at IS NULL ORDER BY h.from_day, h.id LIMIT 100;

-- sql_unit_members(unit int, day int): rows
SELECT p.id, p.name, pp.title, pp.role FROM person_post pp JOIN person p ON p.id = pp.person
 WHERE pp.unit = :unit AND pp.ended = 0 AND (pp.to_day IS NULL OR pp.to_day > :day)
 ORDER BY pp.role, p.sort_key, pp.id LIMIT 200;

-- sql_unit_choices(person int): rows
SELECT n.id, n.name, n.code FROM unit_now n JOIN person_reach r ON r.unit = n.id AND r.person = :person
 ORDER BY n.sort_key, n.id LIMIT 5000;

-- sql_unit_set_place(unit int, place text): changes
UPDATE unit SET place = :place WHERE id = :unit;

-- sql_unit_place(unit int): rows
SELECT kind, place FROM unit WHERE id = :unit;
