-- goose adds a row each time, for the way down with is_applied = 0; of each version the last row counts, and version 0 is none.
.system cp -r "$LARDER_MIGRATIONS/goose" migrations
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
CREATE TABLE post(id INTEGER PRIMARY KEY, title TEXT, body TEXT);
INSERT INTO goose_db_version(version_id, is_applied) VALUES (0, 1), (1, 1), (2, 1), (2, 0), (1, 0), (1, 1), (3, 1), (3, 0);
SELECT migrate_baseline('from', 'migrations');
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,pending,pending' FROM kv_migration('migrations');
SELECT migrate('migrations');
INSERT INTO expect SELECT 'the rest', user_version, 3 FROM pragma_user_version;
