-- Folders named 01-name, as rusqlite_migration has them. It keeps what it applied in user_version, which counts here as well: there is
-- nothing to take over.
.system cp -r "$LARDER_MIGRATIONS/rusqlite_migration" migrations
.read migrations/01-friend_car/up.sql
.read migrations/02-add_birthday_column/up.sql
PRAGMA user_version = 2;
INSERT INTO expect SELECT 'states', group_concat(version || ' ' || name || ' ' || state, ', '),
  '1 friend_car applied, 2 add_birthday_column applied, 3 add_animal_table pending' FROM kv_migration('migrations');
SELECT migrate('migrations');
INSERT INTO expect SELECT 'the rest', user_version, 3 FROM pragma_user_version;
INSERT INTO expect VALUES ('fits', migrate_check('migrations'), 1);
SELECT migrate_down(2, 'migrations');
INSERT INTO expect SELECT 'down', user_version, 2 FROM pragma_user_version;
