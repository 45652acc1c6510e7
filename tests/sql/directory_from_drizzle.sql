-- drizzle keeps when the last one was made that it has applied; the journal says which these are.
.system mkdir -p m/meta && for v in 0000_a 0001_b 0002_c; do echo "INSERT INTO ran VALUES ('$v');" >m/$v.sql; done
.output m/meta/_journal.json
.print '{"version":"7","dialect":"sqlite","entries":[{"idx":0,"version":"6","when":1700000000000,"tag":"0000_a","breakpoints":true},{"idx":1,"version":"6","when":1700000100000,"tag":"0001_b","breakpoints":true},{"idx":2,"version":"6","when":1700000200000,"tag":"0002_c","breakpoints":true}]}'
.output
CREATE TABLE `__drizzle_migrations` (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
INSERT INTO __drizzle_migrations(hash, created_at) VALUES ('e3b0c442', 1700000000000), ('7c211433', 1700000100000.0);
CREATE TABLE ran(name);
SELECT migrate_baseline('from', 'm');
INSERT INTO expect SELECT 'taken over', group_concat(version || ' ' || state), '0 applied,1 applied,2 pending' FROM kv_migration('m');
SELECT migrate('m');
INSERT INTO expect SELECT 'the rest', group_concat(name), '0002_c' FROM ran;
INSERT INTO expect SELECT 'the doctor sees two histories', count(*), 1 FROM kv_check WHERE name = 'migrations' AND message GLOB '*__drizzle_migrations*';
-- Under another name.
DELETE FROM larder_migration;
PRAGMA user_version = 0;
DROP TABLE __drizzle_migrations;
CREATE TABLE moves (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
INSERT INTO moves(hash, created_at) VALUES ('e3b0c442', 1700000000000);
SELECT migrate_baseline('from', 'm');
INSERT INTO expect SELECT 'taken over', group_concat(version || ' ' || state), '0 applied,1 pending,2 pending' FROM kv_migration('m');
