-- migrate_baseline: there is no history of golang-migrate, dbmate, diesel, goose, sqlx or D1 here
.system mkdir m && touch m/001_a.sql
SELECT migrate_baseline('from', 'm');
