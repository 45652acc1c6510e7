-- migrate: m/V1.2__a.sql and m/V1001002__b.sql are both version 1001002 here; rename one
.system mkdir m && touch m/V1.2__a.sql m/V1001002__b.sql
SELECT migrate('m');
