-- migrate: m/V12.10__a.sql and m/U1.2010__a.sql are both version 12010 here, where a part of a version takes three digits; rename one
-- The way down is of another version.
.system mkdir m && touch m/V12.10__a.sql m/U1.2010__a.sql
SELECT migrate('m');
