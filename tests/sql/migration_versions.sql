-- user_version is a signed 32-bit number. Versions that do not fit, such as timestamps, are counted instead.
INSERT INTO kv_migration(version, up) VALUES
  (20240101120000, 'CREATE TABLE a(x)'), (20240102120000, 'CREATE TABLE b(x)'), ('20240103120000', 'CREATE TABLE c(x)');
SELECT migrate(NULL, 20240102120000);
INSERT INTO expect SELECT 'two applied', user_version, 2 FROM pragma_user_version;
SELECT migrate();
INSERT INTO expect SELECT 'three applied', user_version, 3 FROM pragma_user_version;
INSERT INTO expect SELECT 'versions', group_concat(version), '20240101120000,20240102120000,20240103120000'
FROM kv_migration WHERE state = 'applied';
INSERT INTO expect VALUES ('fits', migrate_check(), 1);
