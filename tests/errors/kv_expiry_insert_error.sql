-- kv_expiry: only table_name, column_name, after and unit can be set
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
INSERT INTO kv_expiry(table_name, column_name, error) VALUES ('t', 'at', 'none');
