-- migrate_baseline: there is no history of golang-migrate, dbmate, diesel, goose, sqlx, D1, drizzle (with its journal), Flyway, refinery, prisma or Atlas here
.system mkdir m && touch m/001_a.sql
SELECT migrate_baseline('from', 'm');
