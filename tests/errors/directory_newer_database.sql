-- migrate: the database is at version 3, newer than the newest migration, 1 (m/001_a.sql)
.system mkdir m && touch m/001_a.sql m/003_c.sql
SELECT migrate('m');
.system rm m/003_c.sql
SELECT migrate('m');
