-- migrate: m/001_a.sql may have been applied by Ecto (schema_migrations); migrate_baseline(version, directory) counts all up to that version as applied
-- dbmate's table has the same name.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE "schema_migrations" ("version" INTEGER PRIMARY KEY, "inserted_at" TEXT);
INSERT INTO schema_migrations VALUES (20231114221320, '2023-11-14T22:13:20');
SELECT migrate('m');
