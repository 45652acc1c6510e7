-- kv_expiry: after must be 0 or more, and not infinite; got Inf
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
INSERT INTO kv_expiry VALUES ('t', 'at', 9e999, 's');
