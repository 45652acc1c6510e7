-- migrate() may stand in a SELECT with FROM as long as no script drops a table; there it runs once.
CREATE TABLE one(x);
INSERT INTO one VALUES (1), (2);
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x); INSERT INTO a VALUES (1)');
SELECT migrate() FROM one;
INSERT INTO expect SELECT 'applied once', count(*), 1 FROM a;
INSERT INTO expect SELECT 'user_version', user_version, 1 FROM pragma_user_version;
