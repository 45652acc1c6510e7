-- migrate_baseline: drizzle has applied what is not in m: made at 4 (__drizzle_migrations)
-- An older directory: it lacks one that was applied.
.system mkdir -p m/meta && touch m/0000_a.sql m/0001_b.sql m/0002_c.sql
.output m/meta/_journal.json
.print '{"entries":[{"when":1,"tag":"0000_a"},{"when":2,"tag":"0001_b"},{"when":3,"tag":"0002_c"}]}'
.output
CREATE TABLE `__drizzle_migrations` (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
INSERT INTO __drizzle_migrations(hash, created_at) VALUES ('e3b0c442', 1), ('7c211433', 2), ('01ba4719', 3), ('5891b5b5', 4);
SELECT migrate_baseline('from', 'm');
