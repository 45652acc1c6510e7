-- migrate_down: migration 1 (a) has no down script
-- Nothing runs, not even the down script that is there.
INSERT INTO kv_migration(version, name, up, down) VALUES (1, 'a', 'CREATE TABLE a(x)', NULL), (2, 'b', 'CREATE TABLE b(x)', 'DROP TABLE b');
SELECT migrate();
SELECT migrate_down(0);
