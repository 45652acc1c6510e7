-- migrate: m/001_a.down.sql: there is no .up.sql of this version
.system mkdir m && touch m/001_a.sql m/001_a.down.sql
SELECT migrate('m');
