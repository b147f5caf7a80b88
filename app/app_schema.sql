-- step 1: what this installation is.
CREATE TABLE instance (
    name  TEXT PRIMARY KEY,   -- "kind"
    value TEXT NOT NULL       -- "practice": invented data, the clock may be fixed; no row: a real one
);
