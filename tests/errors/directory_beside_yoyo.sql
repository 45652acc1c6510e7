-- migrate: m/001_a.sql may have been applied by yoyo (_yoyo_migration); migrate_baseline(version, directory) counts all up to that version as applied
-- yoyo names its migrations, and some are programs.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE "_yoyo_migration" ("migration_hash" VARCHAR(64), "migration_id" VARCHAR(255), "applied_at_utc" TIMESTAMP, PRIMARY KEY ("migration_hash"));
INSERT INTO _yoyo_migration VALUES ('5feceb66', '0001.a', '2023-11-14 22:13:20');
SELECT migrate('m');
