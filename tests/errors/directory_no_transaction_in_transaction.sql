-- migrate: m/00003_wal.sql:3: it asks for no transaction, and one is open
.system cp -r "$LARDER_MIGRATIONS/goose" m
BEGIN;
SELECT migrate('m');
