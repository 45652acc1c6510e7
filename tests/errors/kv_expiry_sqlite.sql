-- kv_expiry: rows of sqlite_sequence are not the user's, and cannot expire by a rule
CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT);
INSERT INTO kv_expiry VALUES ('sqlite_sequence', 'seq', NULL, NULL);
