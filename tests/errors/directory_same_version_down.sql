-- migrate: m/1_a.down.sql and m/1_b.down.sql have the same version, 1
.system mkdir m && touch m/1_a.up.sql m/1_a.down.sql m/1_b.down.sql
SELECT migrate('m');
