-- step 1: deeds and the seals that chain them.
CREATE TABLE audit_seal (
    seal    BIGINT PRIMARY KEY,         -- 1, 2, 3 … without a gap
    entries BIGINT NOT NULL,            -- rows it covers
    hash    TEXT   NOT NULL,            -- SHA-256 over the seal before, then id and content hash of each row, by id
    at      BIGINT NOT NULL
);
CREATE TABLE audit (
    id      {id},
    person  BIGINT NOT NULL,            -- 0: nobody, or the program itself
    unit    BIGINT NOT NULL,            -- for which the person acted; 0: none
    remote  TEXT   NOT NULL,            -- network address, '' for a command or job
    action  TEXT   NOT NULL,
    kind    TEXT   NOT NULL,
    object  BIGINT NOT NULL,
    summary TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    hash    TEXT   NOT NULL,            -- SHA-256 of the columns above
    seal    BIGINT                      -- NULL until sealed
);
CREATE INDEX audit_by_seal ON audit (seal, id);
CREATE INDEX audit_by_person ON audit (person, id);
CREATE INDEX audit_by_object ON audit (kind, object, id);
CREATE INDEX audit_by_at ON audit (at, id);
