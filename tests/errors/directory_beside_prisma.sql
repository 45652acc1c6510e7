-- migrate: m/001_a.sql may have been applied by prisma (_prisma_migrations); migrate_baseline(version, directory) counts all up to that version as applied
-- prisma names its migrations, and the folder of each is another layout.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT,
    "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0);
INSERT INTO _prisma_migrations(id, checksum, finished_at, migration_name, applied_steps_count) VALUES ('4d0c', '9f2a', 1700000000000, '20231114221320_init', 1);
SELECT migrate('m');
