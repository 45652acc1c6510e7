-- migrate: m/001_a.sql may have been applied by drizzle (__drizzle_migrations); migrate_baseline(version, directory) counts all up to that version as applied
-- drizzle keeps hashes.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE `__drizzle_migrations` (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
INSERT INTO __drizzle_migrations(hash, created_at) VALUES ('e3b0c442', 1700000000000);
SELECT migrate('m');
