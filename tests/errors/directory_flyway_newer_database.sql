-- migrate: the database is at version 120240010151430, newer than the newest migration, 3 (m/V3__b.sql)
-- Flyway's order holds for a version whose file is gone, too: 2024.01.15.1430 is more than 3.
.system mkdir m && touch m/V1.5__a.sql m/V2024.01.15.1430__c.sql
SELECT migrate('m');
.system rm m/V2024* && touch m/V3__b.sql
SELECT migrate('m');
