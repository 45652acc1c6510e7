-- Each row of a directory has a rowid of its own, also beside the largest version.
.system mkdir m && touch m/V1__a.sql m/V9223372036854775807__b.sql m/R__c.sql m/R__d.sql
INSERT INTO expect SELECT 'all differ', count(DISTINCT printf('%d', rowid)), 4 FROM kv_migration('m');
