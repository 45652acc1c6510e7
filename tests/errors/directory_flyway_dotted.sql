-- migrate: m/V1.2__a.sql: of Flyway's names those are read whose version is a whole number, such as V3__state
.system mkdir m && touch m/V1.2__a.sql
SELECT migrate('m');
