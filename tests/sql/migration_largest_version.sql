-- The largest version that user_version can say, and the largest there can be.
INSERT INTO kv_migration(version, up) VALUES (2147483647, 'CREATE TABLE a(x)');
SELECT migrate();
INSERT INTO expect SELECT 'fits in 31 bits', user_version, 2147483647 FROM pragma_user_version;
INSERT INTO kv_migration(version, up) VALUES (2147483648, 'CREATE TABLE b(x)');
SELECT migrate();
INSERT INTO expect SELECT 'does not, and it never falls', user_version, 2147483647 FROM pragma_user_version;
INSERT INTO kv_migration(version, up) VALUES (9223372036854775807, 'CREATE TABLE c(x)');
SELECT migrate();
INSERT INTO expect SELECT 'the largest', max(version), 9223372036854775807 FROM kv_migration WHERE state = 'applied';
