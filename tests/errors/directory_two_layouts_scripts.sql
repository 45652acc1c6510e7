-- migrate: m/001_a/migration.sql and m/002_b/up.sql are of different layouts; a directory has one
.system mkdir -p m/001_a m/002_b && touch m/001_a/migration.sql m/002_b/up.sql
SELECT migrate('m');
