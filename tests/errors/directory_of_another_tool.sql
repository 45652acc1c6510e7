-- migrate: m/00001_create_posts.sql was applied by goose already (goose_db_version); migrate_baseline('from', directory) takes that history over
-- It would run a second time.
.system cp -r "$LARDER_MIGRATIONS/goose" m
CREATE TABLE goose_db_version(id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP);
INSERT INTO goose_db_version(version_id, is_applied) VALUES (0, 1), (1, 1);
SELECT migrate('m');
