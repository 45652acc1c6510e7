-- migrate: m/sub/V3__c.sql: a folder in a directory is not looked into; move it up
-- Flyway and refinery look into folders.
.system mkdir -p m/sub m/2024 && touch m/V1__a.sql m/V4__d.sql m/sub/V3__c.sql
SELECT migrate('m');
