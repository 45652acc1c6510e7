-- migrate: drizzle has passed over version 2, which is older than its newest (__drizzle_migrations); migrate_baseline(version, directory) counts all up to that version as applied; migrate_baseline(-1, directory) passes over that table if it is of other migrations
-- Whether 0002_c is to run is for the user to say.
.system mkdir -p m/meta && touch m/0000_a.sql m/0001_b.sql m/0002_c.sql
.output m/meta/_journal.json
.print '{"entries":[{"when":1,"tag":"0000_a"},{"when":5,"tag":"0001_b"},{"when":3,"tag":"0002_c"}]}'
.output
CREATE TABLE `__drizzle_migrations` (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
INSERT INTO __drizzle_migrations(hash, created_at) VALUES ('e3b0c442', 1), ('7c211433', 5);
SELECT migrate('m');
