-- migrate: m/R__.sql: a repeatable migration needs a name behind R__
.system mkdir m && touch m/V1__a.sql m/R__.sql
SELECT migrate('m');
