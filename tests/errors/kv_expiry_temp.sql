-- kv_expiry: there is no table 't' in the main database
CREATE TEMP TABLE t(at);
INSERT INTO kv_expiry VALUES ('t', 'at', 60, NULL);
