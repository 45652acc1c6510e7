-- kv_expiry: table_name must be a name; got a BLOB of 1 bytes
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
INSERT INTO kv_expiry VALUES (x'74', 'at', 60, 's');
