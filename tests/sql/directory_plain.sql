-- A directory of NNN_name.sql: the number counts, not its zeros; what is not SQL is left alone.
.system cp -r "$LARDER_MIGRATIONS/plain" migrations
INSERT INTO expect SELECT 'in the order of the numbers', group_concat(version || ' ' || name, ', '),
  '1 customers, 2 orders, 3 audit, 4 nothing_yet, 10 phones' FROM kv_migration('migrations/');
INSERT INTO expect VALUES ('pending', migrate_check('migrations/'), 0);
SELECT migrate('migrations/');
INSERT INTO expect SELECT 'applied', user_version, 10 FROM pragma_user_version;
INSERT INTO expect VALUES ('fits', migrate_check('migrations/'), 1);
SELECT migrate('migrations');
INSERT INTO expect SELECT 'again', user_version, 10 FROM pragma_user_version;
INSERT INTO expect SELECT 'the last statements, without semicolons', group_concat(what, ', '),
  'begun -- not a comment; not an end, phones' FROM audit;
INSERT INTO customer(email, name) VALUES ('ada@example.com', 'Ada');
UPDATE customer SET name = 'Ada L.';
INSERT INTO expect SELECT 'the whole trigger', count(*), 1 FROM audit WHERE what = 'renamed; was Ada';
INSERT INTO expect SELECT 'the file is remembered', source, 'migrations/003_audit.sql' FROM larder_migration WHERE version = 3;

-- Line ends, a byte order mark and blank lines at the end are not another text.
.system sed -i -e 's/$/\r/ ' migrations/001_customers.sql && printf ' \r\n \n' >>migrations/002_orders.sql
INSERT INTO expect SELECT 'the files have changed', count(*), 2 FROM kv_migration('migrations') WHERE up GLOB '*' || char(13) || '*' AND version < 3;
INSERT INTO expect VALUES ('still fits', migrate_check('migrations/'), 1);
