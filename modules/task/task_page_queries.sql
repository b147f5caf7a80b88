
-- sql_desk_mine(person int, unit int, today int, until int): rows
-- What has not begun yet takes no result.
SELECT l.* FROM occurrence_line l
 WHERE l.raw_state IN ('open', 'returned') AND l.task_state = 'active' AND l.start_day <= :today AND l.due_day <= :until
   AND (l.responsible = :person OR (l.responsible IS NULL AND l.unit = :unit))
 ORDER BY l.due_day, l.id LIMIT 100;

-- sql_desk_partner(person int, unit int, today int, until int): rows
SELECT l.* FROM occurrence_line l
 WHERE l.raw_state IN ('open', 'returned') AND l.task_state = 'active' AND l.start_day <= :today AND l.due_day <= :until
   AND EXISTS (SELECT 1 FROM task_unit u WHERE u.task = l.task AND u.unit = :unit AND u.role = 'partner')
   AND EXISTS (SELECT 1 FROM task_reach r WHERE r.task = l.task AND r.person = :person)
 ORDER BY l.due_day, l.id LIMIT 100;

-- sql_desk_all(person int, today int, until int): rows
SELECT l.* FROM occurrence_line l
 WHERE l.raw_state IN ('open', 'returned') AND l.task_state = 'active' AND l.start_day <= :today AND l.due_day <= :until
   AND l.unit IN (SELECT r.unit FROM person_reach r WHERE r.person = :person)
 ORDER BY l.due_day, l.id LIMIT 100;

-- sql_desk_waiting(person int): rows
-- What waits for this person's decision, longest waiting first.
SELECT l.*, (SELECT count(*) FROM evidence e WHERE e.occurrence = l.id) AS pieces
  FROM occurrence_line l
 WHERE l.raw_state = 'submitted' AND l.submitted_by <> :person
   AND EXISTS (SELECT 1 FROM task_decider d WHERE d.task = l.task AND d.person = :person)
 ORDER BY l.submitted_at, l.id LIMIT 50;

-- sql_desk_progress(person int, from_day int, until int, today int): rows
-- Done and all occurrences of each reform field that fall due in the days given; '' as place for what C draws.
SELECT a.id, a.name, COALESCE(p.total, 0) AS total, COALESCE(p.done, 0) AS done, COALESCE(p.late, 0) AS late,
       '' AS track, '' AS fill
  FROM task_area a
  LEFT JOIN (SELECT t.area, count(*) AS total, CAST(SUM(CASE o.state WHEN 'done' THEN 1 ELSE 0 END) AS BIGINT) AS done,
                    CAST(SUM(CASE WHEN o.state IN ('open', 'returned') AND o.strict = 1 AND o.due_day < :today
                             THEN 1 ELSE 0 END) AS BIGINT) AS late
               FROM occurrence o JOIN task t ON t.id = o.task
              WHERE o.unit IN (SELECT r.unit FROM person_reach r WHERE r.person = :person)
                AND o.state <> 'cancelled' AND o.due_day BETWEEN :from_day AND :until AND t.state = 'active'
              GROUP BY t.area) p ON p.area = a.id
 ORDER BY a.id;

-- sql_desk_wide(person int): int
-- Whether the person reaches at least a tenth of all units; ids are dense enough to stand for their number.
SELECT CASE WHEN (SELECT count(*) FROM person_reach WHERE person = :person) * 10 >= (SELECT max(id) FROM unit) THEN 1 ELSE 0 END;

-- sql_desk_events(person int, since int): rows
-- From the person's tasks to what happened: for who reaches few units.
SELECT e.id, e.task, e.kind, e.summary, e.at, t.title, t.no, p.name AS person
  FROM task_event e JOIN task t ON t.id = e.task LEFT JOIN person p ON p.id = e.person
 WHERE e.id IN (SELECT v.id FROM task_reach r JOIN task_event v ON v.task = r.task WHERE r.person = :person AND v.at >= :since)
 ORDER BY e.at DESC, e.id DESC LIMIT 8;

-- sql_desk_events_wide(person int, since int): rows
-- The same from the newest on: for who reaches so many units that the newest are mostly theirs.
SELECT e.id, e.task, e.kind, e.summary, e.at, t.title, t.no, p.name AS person
  FROM task_event e JOIN task t ON t.id = e.task LEFT JOIN person p ON p.id = e.person
 WHERE e.at >= :since AND EXISTS (SELECT 1 FROM task_reach r WHERE r.task = e.task AND r.person = :person)
 ORDER BY e.at DESC, e.id DESC LIMIT 8;

-- sql_task_list(person int, unit int, filter int, scope text, state text, word1 text, word2 text, word3 text, today int, soon int, page_size int, start int): rows
-- soon: last day that counts as soon. filter: a unit that leads, takes part, proves or owns; 0 any. scope: all, mine, partner. state: '', late, soon, wait, done, unclear. Words are folded, '' means none.
-- A pattern bound as a whole would make SQLite prepare the statement anew for each value.
SELECT t.id, t.no, t.title, t.heading, t.time_words, t.state AS task_state, t.plan,
       s.ro1, s.ro2, s.ro3, s.ro4, s.ro5, s.ro6, s.ro_count, s.ro_label,
       COALESCE((SELECT MIN(CASE WHEN u.is_set = 1 OR u.unit IS NULL THEN u.wording ELSE n.short_name END)
                   FROM task_unit u LEFT JOIN unit_name n ON n.unit = u.unit AND n.to_day IS NULL
                  WHERE u.task = t.id AND u.role = 'lead'
                    AND u.position = (SELECT MIN(f.position) FROM task_unit f WHERE f.task = t.id AND f.role = 'lead')), w.short_name) AS lead,
       (SELECT count(*) FROM occurrence o WHERE o.task = t.id AND o.state <> 'cancelled') AS total,
       (SELECT count(*) FROM occurrence o WHERE o.task = t.id AND o.state = 'done') AS done,
       (SELECT count(*) FROM occurrence o WHERE o.task = t.id AND o.state = 'submitted') AS waiting,
       (SELECT MIN(o.due_day) FROM occurrence o WHERE o.task = t.id AND o.state IN ('open', 'returned')
           AND (o.strict = 1 OR o.due_day >= :today)) AS due_day,
       (SELECT MIN(o.start_day) FROM occurrence o WHERE o.task = t.id AND o.state IN ('open', 'returned')) AS start_day,
       1 AS strict, '' AS raw_state, '' AS state, '' AS label, '' AS grp
  FROM task t JOIN task_six s ON s.task = t.id JOIN unit_name w ON w.unit = t.unit AND w.to_day IS NULL
 WHERE t.id IN (SELECT r.task FROM task_reach r WHERE r.person = :person)
   AND (:filter = 0 OR t.unit = :filter
        OR EXISTS (SELECT 1 FROM task_unit u WHERE u.task = t.id AND u.unit = :filter))
   AND (:scope = 'all'
        OR (:scope = 'mine' AND (t.responsible = :person
            OR EXISTS (SELECT 1 FROM task_prover v WHERE v.task = t.id AND v.unit = :unit)
            OR EXISTS (SELECT 1 FROM task_unit u WHERE u.task = t.id AND u.unit = :unit AND u.role = 'lead')))
        OR (:scope = 'partner' AND EXISTS
            (SELECT 1 FROM task_unit u WHERE u.task = t.id AND u.unit = :unit AND u.role = 'partner')))
   AND (:state = ''
        OR (:state = 'late' AND EXISTS (SELECT 1 FROM occurrence o WHERE o.task = t.id AND o.strict = 1
             AND o.state IN ('open', 'returned') AND o.due_day < :today))
        OR (:state = 'soon' AND EXISTS (SELECT 1 FROM occurrence o WHERE o.task = t.id
             AND o.state IN ('open', 'returned') AND o.due_day BETWEEN :today AND :soon))
        OR (:state = 'wait' AND EXISTS (SELECT 1 FROM occurrence o WHERE o.task = t.id AND o.state = 'submitted'))
        OR (:state = 'done' AND EXISTS (SELECT 1 FROM occurrence o WHERE o.task = t.id) AND NOT EXISTS
             (SELECT 1 FROM occurrence o WHERE o.task = t.id AND o.state IN ('open', 'returned', 'submitted')))
        OR (:state = 'unclear' AND s.ro_count < 6))
   AND t.folded LIKE '%' || :word1 || '%' AND t.folded LIKE '%' || :word2 || '%' AND t.folded LIKE '%' || :word3 || '%'
 ORDER BY CASE t.state WHEN 'active' THEN 0 ELSE 1 END, t.plan DESC, t.position, t.id LIMIT :page_size OFFSET :start;


-- sql_task_list_units(person int, filter int): rows
SELECT u.id, u.short_name AS name, CASE WHEN u.id = :filter THEN 1 ELSE 0 END AS current
  FROM unit_now u WHERE u.id IN (SELECT r.unit FROM person_reach r WHERE r.person = :person)
 ORDER BY u.sort_key, u.id LIMIT 500;

-- sql_task_page(task int): rows
SELECT t.id, t.plan, t.no, t.heading, t.title, t.time_raw, t.time_words, t.kind, t.budget, t.state AS task_state, t.reason,
       t.responsible_raw, t.leader_raw, t.approver_raw, a.name AS area, w.name AS owner_name, t.unit AS owner,
       r.name AS responsible_name, l.name AS leader_name, v.name AS approver_name,
       s.ro1, s.ro2, s.ro3, s.ro4, s.ro5, s.ro6, s.ro_count, 6 - s.ro_count AS ro_short, s.ro_label, m.missing, m.unsure
  FROM task t JOIN task_six s ON s.task = t.id JOIN task_missing m ON m.task = t.id JOIN unit_name w ON w.unit = t.unit AND w.to_day IS NULL
  LEFT JOIN task_area a ON a.id = t.area
  LEFT JOIN person r ON r.id = t.responsible
  LEFT JOIN person l ON l.id = t.leader
  LEFT JOIN person v ON v.id = t.approver
 WHERE t.id = :task;

-- sql_task_page_units(task int): rows
-- A set is one line: its wording, and of how many units it stands.
SELECT u.role, CASE WHEN u.is_set = 1 OR u.unit IS NULL THEN u.wording ELSE n.short_name END AS name,
       CASE WHEN MAX(u.is_set) = 1 THEN count(u.unit) ELSE 0 END AS members,
       CASE WHEN count(u.unit) = 0 THEN 1 ELSE 0 END AS unknown
  FROM task_unit u LEFT JOIN unit_name n ON n.unit = u.unit AND n.to_day IS NULL
 WHERE u.task = :task
 GROUP BY u.role, CASE WHEN u.is_set = 1 OR u.unit IS NULL THEN u.wording ELSE n.short_name END
 ORDER BY u.role, MIN(u.position);

-- sql_task_page_products(task int): rows
SELECT id, wording, kind, quantity FROM task_product WHERE task = :task ORDER BY position, id;

-- sql_task_page_periods(task int, person int, all_units int): rows
-- Due days, each for all the units that this person may look at: those within reach, or all (all_units 1).
SELECT o.number, MIN(o.label) AS period, MIN(o.start_day) AS start_day, MAX(o.end_day) AS end_day, MAX(o.due_day) AS due_day, MIN(o.strict) AS strict,
       count(*) AS total, CAST(SUM(CASE o.state WHEN 'done' THEN 1 ELSE 0 END) AS BIGINT) AS done,
       CAST(SUM(CASE o.state WHEN 'submitted' THEN 1 ELSE 0 END) AS BIGINT) AS waiting,
       CAST(SUM((SELECT count(*) FROM evidence e WHERE e.occurrence = o.id)) AS BIGINT) AS pieces,
       CAST(SUM(o.quota) AS BIGINT) AS quota, CAST(SUM(CASE o.state WHEN 'done' THEN o.made ELSE 0 END) AS BIGINT) AS made,
       CASE WHEN SUM(CASE WHEN o.state IN ('open', 'returned') THEN 1 ELSE 0 END) > 0 THEN 'open'
            WHEN SUM(CASE o.state WHEN 'submitted' THEN 1 ELSE 0 END) > 0 THEN 'submitted'
            WHEN SUM(CASE o.state WHEN 'done' THEN 1 ELSE 0 END) > 0 THEN 'done' ELSE 'cancelled' END AS raw_state,
       MIN(o.id) AS id, MIN(o.task) AS task, '' AS state, '' AS label, '' AS grp, '' AS month, '' AS current
  FROM occurrence o
 WHERE o.task = :task
   AND (:all_units = 1 OR o.unit IN (SELECT r.unit FROM person_reach r WHERE r.person = :person))
 GROUP BY o.number ORDER BY MAX(o.due_day), o.number LIMIT 400;

-- sql_task_page_lines(task int, person int, all_units int): rows
-- Every occurrence that this person may look at, for choosing one and for the units of a period.
SELECT l.*, CASE WHEN l.responsible = :person OR EXISTS
              (SELECT 1 FROM person_reach r WHERE r.person = :person AND r.unit = l.unit) THEN 1 ELSE 0 END AS member,
       CASE WHEN EXISTS (SELECT 1 FROM task_decider d WHERE d.person = :person AND d.task = l.task) THEN 1 ELSE 0 END AS decides,
       (SELECT count(*) FROM evidence e WHERE e.occurrence = l.id) AS pieces,
       (SELECT p.name FROM person p WHERE p.id = l.submitted_by) AS submitter,
       CASE WHEN l.submitted_by = :person THEN 1 ELSE 0 END AS own
  FROM occurrence_line l
 WHERE l.task = :task
   AND (:all_units = 1 OR l.unit IN (SELECT r.unit FROM person_reach r WHERE r.person = :person))
 ORDER BY l.due_day, l.unit_name, l.id LIMIT 1000;

-- sql_task_page_evidence(occurrence int): rows
SELECT e.id, e.kind, e.hash, f.preview, f.type, f.size, e.file_name, e.url, e.at, p.name AS person, '' AS size_words
  FROM evidence e LEFT JOIN stored_file f ON f.hash = e.hash JOIN person p ON p.id = e.person
 WHERE e.occurrence = :occurrence ORDER BY e.id LIMIT 100;

-- sql_task_page_events(task int): rows
SELECT e.id, e.kind, e.summary, e.at, p.name AS person
  FROM task_event e LEFT JOIN person p ON p.id = e.person
 WHERE e.task = :task ORDER BY e.id DESC LIMIT 50;

-- sql_task_of_occurrence(occurrence int): int
SELECT task FROM occurrence WHERE id = :occurrence;

-- sql_task_of_evidence(evidence int): rows
SELECT o.task, o.id AS occurrence FROM evidence e JOIN occurrence o ON o.id = e.occurrence WHERE e.id = :evidence;

-- sql_task_file(hash text, person int): rows
-- A stored file, or the preview of one, when it proves something that this person reaches.
SELECT e.file_name, CASE WHEN f.hash = :hash THEN f.type ELSE 'image/jpeg' END AS type
  FROM stored_file f JOIN evidence e ON e.hash = f.hash JOIN occurrence o ON o.id = e.occurrence
 WHERE (f.hash = :hash OR f.preview = :hash)
   AND EXISTS (SELECT 1 FROM task_reach r WHERE r.task = o.task AND r.person = :person)
 LIMIT 1;


-- sql_task_form(task int): rows
SELECT no, heading, title, time_raw, kind, per, count, year, start_day, end_day, budget, area, plan, unit, parent, position,
       responsible, responsible_raw, leader, leader_raw, approver, approver_raw
  FROM task WHERE id = :task;

-- sql_task_form_due(task int): rows
SELECT day FROM task_due WHERE task = :task ORDER BY day;

-- sql_task_form_parties(task int): rows
SELECT unit, role, wording, is_set, proves FROM task_unit WHERE task = :task ORDER BY position, id;

-- sql_task_form_units(owner int): rows
-- Units that may lead or take part; '' as place for what is chosen.
SELECT u.id, u.name, '' AS lead, '' AS partner
  FROM unit_now u JOIN unit_reach r ON r.descendant = u.id
 WHERE r.ancestor = :owner ORDER BY CASE WHEN u.id = :owner THEN 0 ELSE 1 END, u.sort_key, u.id LIMIT 300;

-- sql_task_form_people(owner int): rows
SELECT p.id, p.name, MIN(n.short_name) AS unit, '' AS responsible, '' AS leader, '' AS approver
  FROM person p JOIN person_post o ON o.person = p.id AND o.ended = 0
  JOIN unit_reach r ON r.descendant = o.unit JOIN unit_any n ON n.id = o.unit
 WHERE r.ancestor = :owner AND p.locked = 0 GROUP BY p.id, p.name, p.sort_key ORDER BY p.sort_key, p.id LIMIT 500;

-- sql_task_form_plan(plan int, person int): rows
-- A plan that the person may add tasks to.
SELECT p.id, p.unit, p.number, p.title,
       (SELECT coalesce(max(t.position), 0) + 1 FROM task t WHERE t.plan = p.id) AS next_position
  FROM plan p
 WHERE p.id = :plan AND EXISTS (SELECT 1 FROM task_office o WHERE o.person = :person AND o.unit = p.unit);

-- sql_task_page_above(task int): rows
-- Tasks of plans above that this one was taken over from or merged with.
SELECT a.task, a.plan, t.no, t.title, q.number, n.short_name AS unit_name
  FROM plan_answer a JOIN task t ON t.id = a.task JOIN plan q ON q.id = t.plan JOIN unit_any n ON n.id = q.unit
 WHERE a.own = :task ORDER BY a.task LIMIT 50;
