-- migrate_baseline: there is no history of golang-migrate, dbmate, diesel, goose, sqlx, D1, drizzle (with its journal), Flyway, refinery, prisma or Atlas here
-- only where sqlite_compileoption_used('ENABLE_FTS5')
.system mkdir m && touch m/001_a.sql
CREATE VIRTUAL TABLE alembic_version USING fts5(version_num);
INSERT INTO alembic_version VALUES ('467cab35af63');
SELECT migrate_baseline('from', 'm');
