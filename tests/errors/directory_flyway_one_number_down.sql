-- migrate: m/V1001002__a.sql and m/U1.2__a.sql are both version 1001002 here; rename one
-- The way down is of another version.
.system mkdir m && touch m/V1001002__a.sql m/U1.2__a.sql
SELECT migrate('m');
