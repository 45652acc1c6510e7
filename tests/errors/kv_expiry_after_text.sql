-- kv_expiry: after must be a number of seconds, a text such as '15m', or NULL; got 'soon'
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
INSERT INTO kv_expiry VALUES ('t', 'at', 'soon', 's');
