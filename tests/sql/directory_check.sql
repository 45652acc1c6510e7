-- migrate_check() of a directory, for the start of a program and for CI: 1 only when there is nothing to do and nothing to explain.
.system cp -r "$LARDER_MIGRATIONS/plain" migrations
INSERT INTO expect VALUES ('pending', migrate_check('migrations'), 0);
SELECT migrate('migrations');
INSERT INTO expect VALUES ('up to date', migrate_check('migrations'), 1);

.system cp migrations/002_orders.sql kept && echo 'CREATE TABLE x(y);' >>migrations/002_orders.sql
INSERT INTO expect VALUES ('edited', migrate_check('migrations'), 0);
INSERT INTO expect SELECT 'changed', state, 'changed' FROM kv_migration('migrations') WHERE version = 2;
.system mv kept migrations/002_orders.sql
INSERT INTO expect VALUES ('put right', migrate_check('migrations'), 1);

.system mv migrations/002_orders.sql kept
INSERT INTO expect VALUES ('missing', migrate_check('migrations'), 0);
INSERT INTO expect SELECT 'missing', state, 'missing' FROM kv_migration('migrations') WHERE version = 2;
.system mv kept migrations/002_orders.sql

.system echo 'CREATE TABLE late(x);' >migrations/007_late.sql
INSERT INTO expect VALUES ('out of order', migrate_check('migrations'), 0);
INSERT INTO expect SELECT 'out of order', state, 'out of order' FROM kv_migration('migrations') WHERE version = 7;
.system rm migrations/007_late.sql

.system mv migrations/0010_phones.sql kept
INSERT INTO expect VALUES ('newer database', migrate_check('migrations'), 0);
.system mv kept migrations/0010_phones.sql
INSERT INTO expect VALUES ('put right again', migrate_check('migrations'), 1);
