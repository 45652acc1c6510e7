-- migrate: m/V01_0__a.sql and m/V1__b.sql have the same version, 1
-- Parts that are missing are 0.
.system mkdir m && touch m/V01_0__a.sql m/V1__b.sql
SELECT migrate('m');
