-- The way down runs newest first, and what was undone is pending again.
CREATE TABLE log(entry);
INSERT INTO kv_migration(version, up, down) VALUES
  (1, 'INSERT INTO log VALUES (''up 1'')', 'INSERT INTO log VALUES (''down 1'')'),
  (2, 'INSERT INTO log VALUES (''up 2'')', 'INSERT INTO log VALUES (''down 2'')'),
  (3, 'INSERT INTO log VALUES (''up 3'')', 'INSERT INTO log VALUES (''down 3'')');
SELECT migrate();
SELECT migrate_down(1);
INSERT INTO expect SELECT 'order', group_concat(entry), 'up 1,up 2,up 3,down 3,down 2' FROM log;
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,pending,pending' FROM kv_migration;
INSERT INTO expect SELECT 'user_version', user_version, 1 FROM pragma_user_version;
-- Up and down again.
SELECT migrate();
SELECT migrate_down(0);
INSERT INTO expect SELECT 'all undone', user_version, 0 FROM pragma_user_version;
INSERT INTO expect SELECT 'no history left', count(*), 0 FROM larder_migration;
INSERT INTO expect SELECT 'all of them', count(*), 10 FROM log;
SELECT migrate_down(0);
INSERT INTO expect SELECT 'nothing left to undo', count(*), 10 FROM log;
-- The history keeps the down script: one who lost the declaration can still go back.
SELECT migrate();
INSERT INTO expect SELECT 'kept', down, 'INSERT INTO log VALUES (''down 2'')' FROM larder_migration WHERE version = 2;
