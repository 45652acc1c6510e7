-- kv_expiry: 't' has no column 'rowid'
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
INSERT INTO kv_expiry VALUES ('t', 'rowid', 60, NULL);
