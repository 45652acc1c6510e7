-- migrate: m/1st_a.sql: a migration's name begins with its version and '_'
.system mkdir m && touch m/1st_a.sql
SELECT migrate('m');
