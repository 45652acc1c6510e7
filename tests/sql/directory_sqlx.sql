-- sqlx has the same pairs, with timestamps; a file that begins with "-- no-transaction" runs without one, up and down.
.system cp -r "$LARDER_MIGRATIONS/sqlx" migrations
INSERT INTO expect SELECT 'versions', group_concat(version), '20230101120000,20230215083011' FROM kv_migration('migrations');
SELECT migrate('migrations');
INSERT INTO expect SELECT 'their number, as they do not fit', user_version, 2 FROM pragma_user_version;
INSERT INTO expect SELECT 'the index', count(*), 1 FROM sqlite_schema WHERE name = 'todos_done';
SELECT migrate_down(20230101120000, 'migrations');
INSERT INTO expect SELECT 'down without a transaction', user_version, 1 FROM pragma_user_version;
INSERT INTO expect SELECT 'what else could not run', journal_mode, 'delete' FROM pragma_journal_mode;
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,pending' FROM kv_migration('migrations');
