-- kv_expiry: table_name must be a name; got 't�x'
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
INSERT INTO kv_expiry VALUES ('t' || char(0) || 'x', 'at', 60, 's');
