-- Settings are kept in the file.
INSERT INTO expect VALUES ('reading makes no table', kv_config('sweep.per_insert'), 2), ('none', (SELECT count(*) FROM sqlite_schema), 0);
INSERT INTO expect VALUES
  ('a count', kv_config('sweep.per_insert', 5), 5), ('read', kv_config('sweep.per_insert'), 5), ('as text', kv_config('sweep.per_insert', '7'), 7),
  ('whole real', kv_config('sweep.per_insert', 3.0), 3), ('0', kv_config('sweep.per_insert', 0), 0), ('standard', kv_config('sweep.per_insert', NULL), 2),
  ('a duration', kv_config('cache.default_ttl', 1.5), 1.5), ('with a unit', kv_config('cache.default_ttl', '2h'), 7200.0), ('Inf is for ever', kv_config('cache.default_ttl', 9e999), NULL);
INSERT INTO expect VALUES
  ('no limit', kv_config('ledger.max_attempts'), NULL), ('a limit', kv_config('ledger.max_attempts', '3'), 3), ('read', kv_config('ledger.max_attempts'), 3),
  ('no limit again', kv_config('ledger.max_attempts', NULL), NULL);
SELECT kv_config('cache.default_ttl', '1m');
INSERT INTO expect VALUES ('stored', (SELECT value FROM larder_meta WHERE name = 'cache.default_ttl'), 60.0);
-- It is the file's setting, so it goes with a transaction.
BEGIN;
SELECT kv_config('cache.default_ttl', '5m');
ROLLBACK;
INSERT INTO expect VALUES ('after', kv_config('cache.default_ttl'), 60.0);
-- Another connection has it too.
.system LD_PRELOAD="$LARDER_PRELOAD" "$SQLITE3" -batch -init /dev/null -cmd ".load $LARDER" test.db "SELECT kv_config('cache.default_ttl')" >other.txt 2>&1
CREATE TEMP TABLE other(line);
.import other.txt other
INSERT INTO expect VALUES ('another connection', (SELECT line FROM other), '60.0');
