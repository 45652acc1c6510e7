-- A script without a transaction that drops a table of Larder's is recorded, and has run once.
SELECT kv_config('cache.default_ttl'), count(*) FROM kv_check;
INSERT INTO kv_migration(version, up) VALUES (1, '-- migrate:no-transaction
CREATE TABLE ran(x); DROP TABLE larder_meta; INSERT INTO ran VALUES (1)');
SELECT migrate();
INSERT INTO expect SELECT 'once', count(*), 1 FROM ran;
INSERT INTO expect SELECT 'recorded', state, 'applied' FROM kv_migration;
SELECT migrate();
INSERT INTO expect SELECT 'and Larder goes on', kv_config('cache.default_ttl', 5), 5.0;
