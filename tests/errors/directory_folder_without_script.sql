-- migrate: m/002_b: there is no migration.sql in it
.system mkdir -p m/001_a m/002_b && touch m/001_a/migration.sql m/002_b/readme.md
SELECT migrate('m');
