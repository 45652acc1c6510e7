-- migrate_baseline: there is no history of golang-migrate, dbmate, diesel, goose, sqlx, D1, drizzle (with its journal), Flyway, refinery, prisma or Atlas here
-- A view is no tool's table.
.system cp -r "$LARDER_MIGRATIONS/goose" m
CREATE VIEW goose_db_version AS SELECT 1 AS id, 1 AS version_id, 1 AS is_applied;
SELECT migrate_baseline('from', 'm');
