-- kv_expiry: the column 'day' of 't' makes text of numbers; unit 'text' reads dates
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
INSERT INTO kv_expiry VALUES ('t', 'day', 60, 's');
