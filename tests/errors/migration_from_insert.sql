-- migrate: call it by itself
CREATE TABLE t(x);
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)');
INSERT INTO t VALUES (migrate());
