-- migrate: m/2024/V3__c.sql: a folder in a directory is not looked into; move it up
-- Flyway looks into folders, whatever their names.
.system mkdir -p m/sub m/2024 && touch m/R__a.sql m/2024/V3__c.sql
SELECT migrate('m');
