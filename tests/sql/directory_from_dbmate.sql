-- dbmate keeps the applied versions as text, also when one between them was left out.
.system cp -r "$LARDER_MIGRATIONS/dbmate" migrations
CREATE TABLE schema_migrations (version varchar(128) primary key);
INSERT INTO schema_migrations VALUES ('20151127184807'), ('20151201090000');
CREATE TABLE users(id integer, name varchar(255), email varchar(255) not null);
INSERT INTO expect VALUES ('taken over', migrate_baseline('from', 'migrations'), 2);
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,applied,pending' FROM kv_migration('migrations');
SELECT migrate('migrations');
INSERT INTO expect SELECT 'the rest', user_version, 3 FROM pragma_user_version;
INSERT INTO expect SELECT 'seeded', count(*), 1 FROM users;
DELETE FROM larder_migration;
DELETE FROM schema_migrations WHERE version = '20151127184807';
PRAGMA user_version = 0;
SELECT migrate_baseline('from', 'migrations');
INSERT INTO expect SELECT 'one was left out', group_concat(state), 'pending,applied,pending' FROM kv_migration('migrations');
