-- sql_learn_source(import int): rows
SELECT i.reading, i.document FROM plan_import i WHERE i.id = :import;

-- sql_learn_agency(import int): int
SELECT i.unit FROM plan_import i WHERE i.id = :import;

-- sql_learn_offer(kind text, unit int, seen text, seen_key text, meant text, passage text, import ref, person int, now int): int
-- What was refused or withdrawn stays so, however often it is met again.
INSERT INTO plan_learned (kind, unit, scope, seen, seen_key, meant, passage, import, state, person, at)
VALUES (:kind, :unit, 0, :seen, :seen_key, :meant, :passage, :import, 'offered', :person, :now)
ON CONFLICT (kind, scope, seen_key, meant) DO UPDATE SET times = plan_learned.times + 1
RETURNING id;

-- sql_learn_unit(unit int, seen text, seen_key text, target int, import ref, person int, now int): int
-- The last choice holds; the day is that of the choice.
INSERT INTO plan_learned (kind, unit, scope, seen, seen_key, meant, target, passage, import, state, person, at, decided_by, decided_at)
VALUES ('unit', :unit, :unit, :seen, :seen_key, '', :target, :seen, :import, 'approved', :person, :now, :person, :now)
ON CONFLICT (kind, scope, seen_key, meant)
DO UPDATE SET target = :target, import = :import, state = 'approved', times = plan_learned.times + 1, person = :person, at = :now,
              decided_by = :person, decided_at = :now
RETURNING id;

-- sql_learn_aliases(agency int): rows
SELECT l.seen_key, l.target FROM plan_learned l
 WHERE l.kind = 'unit' AND l.scope = :agency AND l.state = 'approved' ORDER BY l.id LIMIT 2000;

-- sql_learn_lessons(): rows
SELECT l.kind, l.seen, l.meant FROM plan_learned l
 WHERE l.state = 'approved' AND l.kind <> 'unit' ORDER BY l.id LIMIT 2000;

-- sql_learn_names(unit int): rows
-- Names of the units above and below, and titles and agencies of the unit's plans: what its next plan will name, too.
SELECT u.name AS phrase, 1 AS place, u.id AS id FROM unit_now u
 WHERE EXISTS (SELECT 1 FROM unit_reach r WHERE (r.ancestor = :unit AND r.descendant = u.id) OR (r.descendant = :unit AND r.ancestor = u.id))
UNION ALL
SELECT p.title AS phrase, 2 AS place, p.id AS id FROM plan p WHERE p.unit = :unit
UNION ALL
SELECT p.agency AS phrase, 3 AS place, p.id AS id FROM plan p WHERE p.unit = :unit AND p.agency <> ''
ORDER BY place, id LIMIT 1500;

-- sql_learn_list(person int, state text): rows
-- Of the agencies in reach; newest first. state '' gives all.
SELECT l.id, l.kind, l.state, l.seen, l.meant, l.passage, l.times, l.at, l.decided_at, l.import, u.name AS unit_name, p.name AS person_name,
       d.name AS decider_name, t.name AS target_name, i.file_name
  FROM plan_learned l JOIN unit_any u ON u.id = l.unit JOIN person p ON p.id = l.person
  LEFT JOIN person d ON d.id = l.decided_by LEFT JOIN unit_any t ON t.id = l.target LEFT JOIN plan_import i ON i.id = l.import
 WHERE (:state = '' OR l.state = :state)
   AND EXISTS (SELECT 1 FROM person_reach r WHERE r.person = :person AND r.unit = l.unit)
 ORDER BY l.at DESC, l.id DESC LIMIT 300;

-- sql_learn_all(): rows
SELECT l.id, l.kind, l.state, l.seen, l.meant, l.passage, l.times, l.at, u.name AS unit_name, t.name AS target_name
  FROM plan_learned l JOIN unit_any u ON u.id = l.unit LEFT JOIN unit_any t ON t.id = l.target
 ORDER BY l.kind, l.id LIMIT 5000;

-- sql_learn_one(id int): rows
SELECT l.unit, l.kind, l.state, l.seen, l.meant, l.passage FROM plan_learned l WHERE l.id = :id;

-- sql_learn_decide(id int, was text, state text, person int, now int): changes
UPDATE plan_learned SET state = :state, decided_by = :person, decided_at = :now WHERE id = :id AND state = :was;
