-- migrate: m/000_a.sql: the version must be 1 or more
.system mkdir m && touch m/000_a.sql
SELECT migrate('m');
