-- migrate: m/sub/V2__c.rs: a folder in a directory is not looked into; move it up
-- A program in a folder would be passed over, too.
.system mkdir -p m/sub m/2024 && touch m/V1__a.sql m/sub/V2__c.rs
SELECT migrate('m');
