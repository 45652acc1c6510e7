-- migrate: m/99999999999999999999_a.sql: the version 99999999999999999999 is too large
.system mkdir m && touch m/99999999999999999999_a.sql
SELECT migrate('m');
