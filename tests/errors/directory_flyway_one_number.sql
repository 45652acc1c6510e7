-- migrate: m/V1.2010__b.sql and m/V12.10__a.sql are both version 12010 here, where a part of a version takes three digits; rename one
.system mkdir m && touch m/V12.10__a.sql m/V1.2010__b.sql
SELECT migrate('m');
