-- What is declared follows savepoints as rows would, also those that were there before the table was used.
SAVEPOINT a; SAVEPOINT b;
INSERT INTO kv_migration(version, up) VALUES (1, ''), (2, '');
ROLLBACK TO a;
SELECT count(*) FROM kv_migration;
--> 0
INSERT INTO kv_migration(version, up) VALUES (1, '');
SAVEPOINT c;
INSERT INTO kv_migration(version, up) VALUES (2, ''), (3, '');
SAVEPOINT d;
DELETE FROM kv_migration WHERE version = 1;
ROLLBACK TO c;
SELECT group_concat(version) FROM kv_migration;
--> 1
INSERT INTO kv_migration(version, up) VALUES (4, ''), (5, '');
ROLLBACK TO c;
SELECT group_concat(version) FROM kv_migration;
--> 1
RELEASE c;
INSERT INTO kv_migration(version, up) VALUES (6, '');
ROLLBACK TO a;
SELECT count(*) FROM kv_migration;
--> 0
INSERT INTO kv_migration(version, up) VALUES (7, '');
RELEASE a;
SELECT group_concat(version) FROM kv_migration;
--> 7
