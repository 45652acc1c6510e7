-- kv_sweep: all back
CREATE TABLE t(id INTEGER PRIMARY KEY, at, day TEXT);
CREATE TABLE log(swept);
INSERT INTO t(at) VALUES (1);
INSERT INTO kv_expiry VALUES ('t', 'at', 60, 's');
CREATE TRIGGER raises BEFORE DELETE ON t BEGIN SELECT RAISE(ROLLBACK, 'all back'); END;
INSERT INTO log SELECT kv_sweep();
