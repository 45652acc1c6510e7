-- sqlx keeps a row for each version.
.system cp -r "$LARDER_MIGRATIONS/sqlx" migrations
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
.read migrations/20230101120000_todos.up.sql
INSERT INTO _sqlx_migrations VALUES (20230101120000, 'todos', '2023-01-01', TRUE, x'00', 1);
SELECT migrate_baseline('from', 'migrations');
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,pending' FROM kv_migration('migrations');
SELECT migrate('migrations');
INSERT INTO expect SELECT 'the rest', user_version, 2 FROM pragma_user_version;
