-- migrate: m/001_a.sql may have been applied by Rails (schema_migrations); migrate_baseline(version, directory) counts all up to that version as applied
-- The table looks like dbmate's; Rails has another one beside it.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE "schema_migrations" ("version" varchar NOT NULL PRIMARY KEY);
CREATE TABLE "ar_internal_metadata" ("key" varchar NOT NULL PRIMARY KEY, "value" varchar, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL);
INSERT INTO schema_migrations VALUES ('20231114221320');
SELECT migrate('m');
