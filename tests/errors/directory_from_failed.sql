-- migrate_baseline: sqlx failed half way in version 20230101120000 (_sqlx_migrations); put that right with sqlx first
.system cp -r "$LARDER_MIGRATIONS/sqlx" m
CREATE TABLE _sqlx_migrations(version BIGINT PRIMARY KEY, description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  success BOOLEAN NOT NULL, checksum BLOB NOT NULL, execution_time BIGINT NOT NULL);
INSERT INTO _sqlx_migrations VALUES (20230101120000, 'todos', '2023-01-01', FALSE, x'00', 1);
SELECT migrate_baseline('from', 'm');
