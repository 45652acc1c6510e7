-- migrate: the database is at version 2, and no migration with a version is in m
-- A repeatable migration may count on a table that a lost one would have made.
.system mkdir m && touch m/V1__a.sql m/V2__b.sql && echo "SELECT 1;" >m/R__c.sql
SELECT migrate('m');
.system rm m/V* && echo "SELECT 2;" >m/R__c.sql
SELECT migrate('m');
