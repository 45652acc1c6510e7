-- migrate: sqlx (_sqlx_migrations) cannot be read: no such column: version
.system mkdir m && touch m/1_a.sql
CREATE TABLE _sqlx_migrations(success, v);
SELECT migrate('m');
