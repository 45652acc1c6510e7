-- migrate: m/V1.2.3.4.5.6.7.8__a.sql: the version 1.2.3.4.5.6.7.8 is too large
.system mkdir m && touch m/V1.2.3.4.5.6.7.8__a.sql
SELECT migrate('m');
