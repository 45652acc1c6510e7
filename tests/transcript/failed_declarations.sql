-- A statement on kv_migration that fails leaves nothing, also when its first rows were good, and inside BEGIN too.
.separator ,
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)'), (2, 'CREATE TABLE b(x)'), (-1, '');
--> Error: kv_migration: version must be 0 or more; got -1
SELECT count(*) FROM kv_migration;
--> 0
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)'), (2, 'CREATE TABLE b(x)');
SELECT migrate();
--> 2
INSERT INTO kv_migration(version, up) VALUES (2, 'CREATE TABLE other(x)'), (3, NULL);
--> Error: kv_migration: up must not be NULL
SELECT version, state FROM kv_migration;
--> 1,applied
--> 2,applied
BEGIN;
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE other(x)'), (3, 'CREATE TABLE c(x)');
INSERT INTO kv_migration(version, up) VALUES (4, 'CREATE TABLE d(x)'), (5, x'00');
--> Error: kv_migration: up must be text; got a BLOB of 1 bytes
-- The first would go, the second does not.
DELETE FROM kv_migration;
--> Error: kv_migration: migration 2 is applied; DELETE only takes a declaration back, migrate_down() undoes
SELECT version, state FROM kv_migration;
--> 1,changed
--> 2,applied
--> 3,pending
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)');
COMMIT;
SELECT migrate();
--> 3
