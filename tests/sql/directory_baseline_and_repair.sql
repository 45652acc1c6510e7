-- A database made by hand, and an edited comment: both are accepted without running anything.
.system cp -r "$LARDER_MIGRATIONS/plain" migrations
.read migrations/001_customers.sql
.read migrations/002_orders.sql
INSERT INTO expect VALUES ('made by hand', migrate_baseline(2, 'migrations'), 2);
SELECT migrate('migrations');
INSERT INTO expect SELECT 'the rest', user_version, 10 FROM pragma_user_version;

.system sed -i -e 's/opens/opens its doors/' migrations/001_customers.sql
INSERT INTO expect VALUES ('edited', migrate_check('migrations'), 0);
INSERT INTO expect VALUES ('repaired', migrate_repair(1, 'migrations'), 1);
INSERT INTO expect VALUES ('nothing left to repair', migrate_repair(1, 'migrations'), 0);
INSERT INTO expect VALUES ('fits', migrate_check('migrations'), 1);

-- One that comes late may be counted as applied, too.
.system echo 'CREATE TABLE late(x);' >migrations/007_late.sql
INSERT INTO expect VALUES ('late', migrate_baseline(7, 'migrations'), 10);
INSERT INTO expect VALUES ('fits again', migrate_check('migrations'), 1);
INSERT INTO expect SELECT 'it did not run', count(*), 0 FROM sqlite_schema WHERE name = 'late';
