-- migrate: m/0000_a.sql was applied by drizzle already (__drizzle_migrations); migrate_baseline('from', directory) takes that history over
.system mkdir -p m/meta && touch m/0000_a.sql m/0001_b.sql
.output m/meta/_journal.json
.print '{"version":"7","dialect":"sqlite","entries":[{"idx":0,"version":"6","when":1,"tag":"0000_a","breakpoints":true},{"idx":1,"version":"6","when":2,"tag":"0001_b","breakpoints":true}]}'
.output
CREATE TABLE `__drizzle_migrations` (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
INSERT INTO __drizzle_migrations(hash, created_at) VALUES ('e3b0c442', 1);
SELECT migrate('m');
