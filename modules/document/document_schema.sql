-- step 1: files kept by their content.
CREATE TABLE stored_file (
    hash    TEXT   NOT NULL PRIMARY KEY,   -- sha256 of the bytes, hex; the bytes stand in files/ab/cdef… of the data folder
    size    BIGINT NOT NULL,               -- bytes
    type    TEXT   NOT NULL,               -- media type, found from the bytes
    preview TEXT,                          -- hash of a small picture of it; NULL: none
    at      BIGINT NOT NULL
);
