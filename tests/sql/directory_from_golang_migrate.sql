-- golang-migrate keeps one row: the newest version. All up to it count as applied.
.system cp -r "$LARDER_MIGRATIONS/golang-migrate" migrations
CREATE TABLE schema_migrations (version uint64,dirty bool);
CREATE UNIQUE INDEX version_unique ON schema_migrations (version);
-- Before its first migration there is nothing to take over.
INSERT INTO expect VALUES ('nothing yet', migrate_baseline('from', 'migrations'), 0);
.read migrations/000001_create_users_table.up.sql
.read migrations/000002_add_mood_to_users.up.sql
INSERT INTO schema_migrations VALUES (2, 0);
INSERT INTO expect VALUES ('taken over', migrate_baseline('from', 'migrations'), 2);
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,applied,pending' FROM kv_migration('migrations');
SELECT migrate('migrations');
INSERT INTO expect SELECT 'the rest', user_version, 3 FROM pragma_user_version;
-- Taken over once more, it changes nothing.
INSERT INTO expect VALUES ('again', migrate_baseline('from', 'migrations'), 3);
INSERT INTO expect SELECT 'the other table stays', version, 2 FROM schema_migrations;
