-- migrate_baseline: the time '' in __drizzle_migrations is not a number
-- drizzle keeps the time of each.
.system mkdir -p m/meta && touch m/0000_a.sql m/0001_b.sql m/0002_c.sql
.output m/meta/_journal.json
.print '{"entries":[{"when":1,"tag":"0000_a"},{"when":2,"tag":"0001_b"},{"when":3,"tag":"0002_c"}]}'
.output
CREATE TABLE `__drizzle_migrations` (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
INSERT INTO __drizzle_migrations(hash, created_at) VALUES ('e3b0c442', 1), ('7c211433', NULL);
SELECT migrate_baseline('from', 'm');
