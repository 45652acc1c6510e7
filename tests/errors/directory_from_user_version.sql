-- migrate_baseline: PRAGMA user_version says that version 2 was applied, and goose_db_version that it was not
.system cp -r "$LARDER_MIGRATIONS/goose" m
CREATE TABLE goose_db_version(id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP);
INSERT INTO goose_db_version(version_id, is_applied) VALUES (0, 1), (1, 1);
PRAGMA user_version = 2;
SELECT migrate_baseline('from', 'm/');
