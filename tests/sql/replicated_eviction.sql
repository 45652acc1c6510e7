-- A replica evicts what the others evict: which rows are compared is drawn from the time and the key, and not from this machine.
.system echo ".load $LARDER" >load.sql
.system echo "SELECT kv_config('replicated', 1), kv_clock(1000), kv_config('cache.max_entries', 200); CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT i FROM n; SELECT sum(cache_set('k' || i, i) IS NOT NULL AND kv_clock(1000 + i) > 0) FROM n;" >calls.sql
.open one.db
.read load.sql
.read calls.sql
.open two.db
.read load.sql
.read calls.sql
ATTACH 'one.db' AS one;
CREATE TEMP TABLE expect(name, got, want);
INSERT INTO expect VALUES ('as many as may be', (SELECT count(*) FROM main.larder_cache), 200);
INSERT INTO expect SELECT 'the same', group_concat(key), (SELECT group_concat(key) FROM (SELECT key FROM one.larder_cache ORDER BY id)) FROM (SELECT key FROM main.larder_cache ORDER BY id);
INSERT INTO expect SELECT 'by sample: not the oldest exactly', count(*) > 0, 1 FROM main.larder_cache WHERE value <= 300;
