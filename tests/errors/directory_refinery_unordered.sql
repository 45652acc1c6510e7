-- migrate: m/U2__b.sql: there is no V of this version (refinery's U, a way up, is not read)
.system mkdir m && touch m/V1__a.sql m/U2__b.sql
SELECT migrate('m');
