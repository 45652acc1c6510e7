-- kv_expiry: 't' has no column 'gone'
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
INSERT INTO kv_expiry VALUES ('t', 'at', 60, 's');
UPDATE kv_expiry SET column_name = 'gone';
