-- UNIQUE constraint failed: kv_expiry.table_name
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
INSERT INTO kv_expiry VALUES ('t', 'at', 60, 's');
INSERT INTO kv_expiry VALUES ('T', 'id', 60, 's');
