-- migrate: no version has the number 12024001001; there are 1001001 (m/V1.1__a.sql), 1001002 (m/V1.2__a.sql), 1001003 (m/V1.3__a.sql), 1001004 (m/V1.4__a.sql), 1001005 (m/V1.5__a.sql), 1001006 (m/V1.6__a.sql), 1001007 (m/V1.7__a.sql), 1001008 (m/V1.8__a.sql), 1001009 (m/V1.9__a.sql), 1001010 (m/V1.10__a.sql), ...
-- The first ten are shown.
.system mkdir m && for v in 1 2 3 4 5 6 7 8 9 10 11; do touch m/V1.${v}__a.sql; done
SELECT migrate('m', 12024001001);
