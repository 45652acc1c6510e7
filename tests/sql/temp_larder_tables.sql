-- A TEMP table or trigger cannot take the place of what is in the file.
CREATE TEMP TABLE larder_cache(key, value, expires_at, mine);
CREATE TEMP TABLE larder_meta(name, value);
CREATE TEMP TABLE larder_ledger(ledger, id, status, result, expires_at);
INSERT INTO temp.larder_cache VALUES ('a', 'forged', NULL, 1);
INSERT INTO temp.larder_ledger VALUES ('default', 'a', 'done', 'forged', NULL);
INSERT INTO temp.larder_meta VALUES ('schema', 99);
INSERT INTO expect VALUES ('get', cache_get('a'), NULL), ('seen', ledger_seen('a'), 0), ('table', (SELECT count(*) FROM kv_cache), 0);
SELECT cache_set('a', 'real'), ledger_mark('default', 'b', 'real');
INSERT INTO expect VALUES ('set', cache_get('a'), 'real'), ('mark', ledger_result('default', 'b'), 'real'), ('still not', ledger_seen('a'), 0),
  ('in the file', (SELECT value FROM main.larder_cache), 'real'), ('TEMP as it was', (SELECT value FROM temp.larder_cache), 'forged');
SELECT cache_clear();
INSERT INTO expect VALUES ('clear', (SELECT count(*) FROM temp.larder_cache), 1);
