-- migrate: m/2_b.down.SQL: there is no .up.sql of this version
-- The ending does not make it one of Flyway's.
.system mkdir m && touch m/1_a.up.sql m/2_b.down.SQL
SELECT migrate('m');
