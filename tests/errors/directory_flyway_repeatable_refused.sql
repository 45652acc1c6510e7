-- migrate: m/R__b.sql: larder_meta did not take the change: is there a trigger on it? (what ran before it stays)
.system mkdir m && echo 'CREATE TABLE a(x);' >m/V1__a.sql
SELECT migrate('m');
CREATE TRIGGER refuse BEFORE INSERT ON larder_meta WHEN new.name GLOB 'migration.*' BEGIN SELECT raise(IGNORE); END;
.system printf -- '-- migrate:no-transaction\nSELECT 1;' >m/R__b.sql && cp m/R__b.sql m/R__c.sql
SELECT migrate('m');
