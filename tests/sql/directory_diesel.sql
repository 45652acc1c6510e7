-- Folders with up.sql and down.sql; the version is the folder's date without its dashes. metadata.toml may ask for no transaction.
.system cp -r "$LARDER_MIGRATIONS/diesel" migrations
INSERT INTO expect SELECT 'versions', group_concat(version), '20180114171611,20180201090000,202505270415010000' FROM kv_migration('migrations');
INSERT INTO expect SELECT 'names', group_concat(name), 'create_posts,publish,tags' FROM kv_migration('migrations');
SELECT migrate('migrations');
INSERT INTO expect SELECT 'applied', user_version, 3 FROM pragma_user_version;
INSERT INTO expect SELECT 'tables', group_concat(name), 'posts,tags' FROM
  (SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'larder_*' AND name NOT GLOB 'sqlite_*' ORDER BY name);
INSERT INTO expect SELECT 'source', source, 'migrations/2018-01-14-171611_create_posts/up.sql'
FROM kv_migration('migrations') WHERE name = 'create_posts';
SELECT migrate_down(20180114171611, 'migrations');
INSERT INTO expect SELECT 'down', user_version, 1 FROM pragma_user_version;
SELECT migrate('migrations');
INSERT INTO expect SELECT 'and up', user_version, 3 FROM pragma_user_version;
