-- Where only a repeatable migration is left in a directory, those that were applied are missing, and the changed one does not run.
.system mkdir m && touch m/V1__a.sql m/V2__b.sql && echo "SELECT 1;" >m/R__c.sql
SELECT migrate('m');
.system rm m/V*
INSERT INTO expect SELECT 'states', group_concat(ifnull(version, name) || ' ' || state), '1 missing,2 missing,c applied' FROM kv_migration('m');
INSERT INTO expect VALUES ('does not fit', migrate_check('m'), 0);
