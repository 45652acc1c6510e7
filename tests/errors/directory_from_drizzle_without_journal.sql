-- migrate_baseline: the history of drizzle (__drizzle_migrations) cannot be taken over; migrate_baseline(version, directory) counts all up to that version as applied
.system mkdir m && touch m/0000_a.sql
CREATE TABLE `__drizzle_migrations` (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
INSERT INTO __drizzle_migrations(hash, created_at) VALUES ('e3b0c442', 1);
SELECT migrate_baseline('from', 'm');
