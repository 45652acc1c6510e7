-- One file with both directions, as dbmate has it. transaction:false holds for the section it stands at.
.system cp -r "$LARDER_MIGRATIONS/dbmate" migrations
SELECT migrate('migrations');
INSERT INTO expect SELECT 'seeded', count(*), 1 FROM users;
INSERT INTO expect SELECT 'index', count(*), 1 FROM sqlite_schema WHERE name = 'users_email';
INSERT INTO expect SELECT 'sections', trim(up, char(10)) || '|' || trim(down, char(10)),
  'insert into users(id, name, email) values (1, ''alice'', ''alice@example.com'');|' FROM kv_migration('migrations') WHERE name = 'seed';
SELECT migrate_down(20151127184807, 'migrations');
INSERT INTO expect SELECT 'down', user_version, 1 FROM pragma_user_version;
INSERT INTO expect SELECT 'an empty way down undoes nothing', count(*), 1 FROM users;
INSERT INTO expect SELECT 'no index', count(*), 0 FROM sqlite_schema WHERE name = 'users_email';
SELECT migrate_down(0, 'migrations');
INSERT INTO expect SELECT 'no table', count(*), 0 FROM sqlite_schema WHERE name = 'users';
