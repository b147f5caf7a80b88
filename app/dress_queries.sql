-- sql_frame_person(person int, unit int): rows
-- Who is signed in, and as what they act in that unit; no row: the person is gone.
SELECT p.name, COALESCE(u.name, '') AS unit, COALESCE(pp.title, '') AS title, COALESCE(pp.role, 0) AS role
  FROM person p
  LEFT JOIN unit_any u ON u.id = :unit
  LEFT JOIN person_post pp ON pp.id = (SELECT min(own.id) FROM person_post own
                                        WHERE own.person = p.id AND own.unit = :unit AND own.ended = 0)
 WHERE p.id = :person;

-- sql_frame_agency(agency int): rows
SELECT u.name, COALESCE(a.name, '') AS above
  FROM unit_any u
  LEFT JOIN unit_now n ON n.id = u.id
  LEFT JOIN unit_any a ON a.id = n.parent
 WHERE u.id = :agency;

-- sql_frame_home_unit(admin int): int
-- Whose installation this is: the unit of its first administrator; without one, the first root of the tree.
SELECT COALESCE((SELECT pp.unit FROM person_post pp WHERE pp.role = :admin AND pp.ended = 0 ORDER BY pp.id LIMIT 1),
                (SELECT u.id FROM unit_now u WHERE u.parent IS NULL ORDER BY u.id LIMIT 1), 0);
