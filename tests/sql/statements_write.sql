-- Calls inside INSERT, UPDATE, DELETE and CREATE TABLE AS: the call is part of that statement.
SELECT kv_clock(1000);
CREATE TABLE t(id INTEGER PRIMARY KEY, x);
-- The very first call, which makes Larder's tables, from inside an INSERT.
INSERT INTO t(x) VALUES (cache_set('a', 'first'));
INSERT INTO expect VALUES ('INSERT VALUES', (SELECT x FROM t), 'first'), ('stored', cache_get('a'), 'first');
INSERT INTO t(x) SELECT cache_incr('n') FROM json_each('[1, 2, 3]');
INSERT INTO expect VALUES ('INSERT SELECT', (SELECT group_concat(x) FROM t), 'first,1,2,3');
INSERT INTO t(x) SELECT value FROM json_each('["p", "q", "p", "q"]') WHERE ledger_mark('import', value);
INSERT INTO expect VALUES ('each once', (SELECT group_concat(x) FROM t WHERE id > 4), 'p,q');
UPDATE t SET x = cache_incr('u') WHERE id <= 3;
INSERT INTO expect VALUES ('UPDATE', (SELECT group_concat(x) FROM t), '1,2,3,3,p,q');
UPDATE t SET x = 'seen' WHERE ledger_seen('import', x);
INSERT INTO expect VALUES ('UPDATE WHERE', (SELECT count(*) FROM t WHERE x = 'seen'), 2);
DELETE FROM t WHERE cache_add('deleted ' || x, 1);
INSERT INTO expect VALUES ('DELETE WHERE', (SELECT group_concat(x) FROM t), '3,seen'), ('four were new', (SELECT count(*) FROM kv_cache WHERE key GLOB 'deleted *'), 4);
CREATE TABLE made AS SELECT id, cache_get('u') AS u, cache_set('made' || id, id) AS stored FROM t;
INSERT INTO expect VALUES ('CREATE TABLE AS', (SELECT sum(u) FROM made), 6), ('stored', (SELECT count(*) FROM kv_cache WHERE key GLOB 'made*'), 2);
INSERT INTO t(x) VALUES ('r') RETURNING cache_set('returned', x);
INSERT INTO expect VALUES ('RETURNING', cache_get('returned'), 'r');
INSERT INTO t(id, x) VALUES (1, 0), (4, 0) ON CONFLICT(id) DO UPDATE SET x = cache_incr('upsert');
INSERT INTO expect VALUES ('UPSERT', cache_get('upsert'), 1);
