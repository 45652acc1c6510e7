-- DDL makes SQLite compile all statements anew. A call later in the script finds the shortest of them done, and not emptied by an authorizer.
SELECT kv_config('cache.max_entries', 1000);
CREATE TABLE item(id INTEGER PRIMARY KEY, name);
SELECT cache_set('a', 1), cache_incr('n');
INSERT INTO kv_migration(version, up) VALUES
  (1, 'CREATE INDEX item_name ON item(name); SELECT cache_set(''a'', 2)'),
  (2, 'ANALYZE; SELECT cache_incr(''n'')'),
  (3, 'REINDEX; INSERT OR REPLACE INTO kv_cache(key, value) VALUES (''b'', 3)'),
  (4, 'ALTER TABLE item ADD COLUMN x; UPDATE kv_cache SET value = 4 WHERE key = ''b''');
SELECT migrate(NULL, 1); SELECT migrate(NULL, 2); SELECT migrate(NULL, 3);
BEGIN IMMEDIATE;
SELECT migrate();
COMMIT;
INSERT INTO expect VALUES ('a', cache_get('a'), 2), ('n', cache_get('n'), 2), ('b', cache_get('b'), 4);
-- So it is where a table of Larder's is made again by the call.
DROP TABLE larder_rate;
INSERT INTO expect VALUES ('set', cache_set('a', 5), 5);
DROP TABLE larder_ledger;
INSERT INTO expect VALUES ('incr', cache_incr('n'), 3);
DROP TABLE larder_run;
INSERT INTO kv_cache(key, value) VALUES ('c', 6);
INSERT INTO expect VALUES ('c', cache_get('c'), 6);
