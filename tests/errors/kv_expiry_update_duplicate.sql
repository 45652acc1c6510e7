-- UNIQUE constraint failed: kv_expiry.table_name
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT); CREATE TABLE u(at);
INSERT INTO kv_expiry VALUES ('t', 'at', 60, 's'), ('u', 'at', 60, 's');
UPDATE kv_expiry SET table_name = 'U' WHERE table_name = 't';
