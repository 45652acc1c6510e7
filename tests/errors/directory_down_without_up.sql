-- migrate: m/002_b.down.sql: there is no .up.sql of this version
.system mkdir m && touch m/001_a.up.sql m/002_b.down.sql
SELECT migrate('m');
