-- prisma has applied the first of two.
.system mkdir -p m/20231114221320_init m/20231115000000_more && echo 'CREATE TABLE a(x);' >m/20231114221320_init/migration.sql && echo 'CREATE TABLE b(x);' >m/20231115000000_more/migration.sql
CREATE TABLE "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT,
    "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0);
INSERT INTO _prisma_migrations(id, checksum, finished_at, migration_name, applied_steps_count) VALUES ('4d0c', '9f2a', 1700000000000, '20231114221320_init', 1);
CREATE TABLE a(x);
SELECT migrate_baseline('from', 'm');
INSERT INTO expect SELECT 'taken over', group_concat(state), 'applied,pending' FROM kv_migration('m');
SELECT migrate('m');
INSERT INTO expect SELECT 'the rest', count(*), 2 FROM sqlite_schema WHERE name IN ('a', 'b');
