-- kv_expiry: the column 'day' of 't' makes text of numbers; unit 'text' reads dates
CREATE TABLE t(id INTEGER PRIMARY KEY, day CLOB, at "CLOB INT");
INSERT INTO kv_expiry VALUES ('t', 'at', 60, 's');
INSERT INTO kv_expiry VALUES ('t', 'day', 60, 's');
