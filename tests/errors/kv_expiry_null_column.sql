-- kv_expiry: column_name must be a name; got NULL
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
INSERT INTO kv_expiry(table_name) VALUES ('t');
