-- migrate: m/V1.2_a.sql: a name of Flyway's has two '_' behind the version, as V3__state or V1.2__state
.system mkdir m && touch m/V1.2_a.sql
SELECT migrate('m');
