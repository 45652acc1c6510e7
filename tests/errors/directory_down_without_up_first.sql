-- migrate: m/001_a.down.sql: there is no .up.sql of this version
.system mkdir m && touch m/001_a.down.sql m/002_b.up.sql
SELECT migrate('m');
