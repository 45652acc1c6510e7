-- migrate: m/001_a.sql and m/1_b.sql have the same version, 1
-- Zeros in front make no difference.
.system mkdir m && touch m/001_a.sql m/1_b.sql m/2_c.sql
SELECT migrate('m');
