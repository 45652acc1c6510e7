-- migrate_baseline: goose has applied what is not in m/: version 4, 7 (goose_db_version)
-- What the directory lacks is named, not guessed at.
.system cp -r "$LARDER_MIGRATIONS/goose" m
CREATE TABLE goose_db_version(id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP);
INSERT INTO goose_db_version(version_id, is_applied) VALUES (0, 1), (1, 1), (7, 1), (4, 1);
SELECT migrate_baseline('from', 'm/');
