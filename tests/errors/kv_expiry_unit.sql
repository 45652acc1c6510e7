-- kv_expiry: unit must be 's', 'ms' or 'text'; got 'S'
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
INSERT INTO kv_expiry VALUES ('t', 'at', 60, 'S');
