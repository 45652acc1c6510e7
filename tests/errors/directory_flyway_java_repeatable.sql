-- migrate: m/R__c.java: it is a migration in Java, which cannot be run here; write it in SQL
-- Flyway has such.
.system mkdir -p m/sub m/2024 && touch m/V1__a.sql m/R__c.java
SELECT migrate('m');
