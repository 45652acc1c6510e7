-- migrate: m/001_a: there are an up.sql and a migration.sql in it; a migration has one
.system mkdir -p m/001_a && touch m/001_a/migration.sql m/001_a/up.sql
SELECT migrate('m');
