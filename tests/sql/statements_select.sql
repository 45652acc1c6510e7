-- Calls in every kind of reading statement.
SELECT kv_clock(1000);
SELECT cache_set('a', 1), ledger_mark('m'), checkpoint_set('c', 1);
CREATE TABLE t(x);
INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT i FROM n;
SELECT cache_set(x, x * 2) FROM t;
INSERT INTO expect VALUES ('FROM a table', (SELECT count(*) FROM kv_cache), 10001);
INSERT INTO expect VALUES ('WHERE over 10,000 rows', (SELECT count(*) FROM t WHERE cache_get(x) = x * 2), 10000);
INSERT INTO expect VALUES ('writing in WHERE', (SELECT count(*) FROM t WHERE ledger_mark('once', x % 100)), 100);
INSERT INTO expect VALUES ('an aggregate', (SELECT sum(cache_get(x)) FROM t), 100010000);
INSERT INTO expect VALUES ('of an aggregate', (SELECT checkpoint_advance('max', max(x)) FROM t), 1), ('stored', checkpoint_get('max'), 10000);
INSERT INTO expect VALUES ('ORDER BY', (SELECT x FROM t ORDER BY cache_get(x) DESC LIMIT 1), 10000);
INSERT INTO expect VALUES ('GROUP BY', (SELECT count(*) FROM (SELECT 1 FROM t GROUP BY cache_get(x) > 10000)), 2);
WITH c AS MATERIALIZED (SELECT cache_incr('cte') FROM t LIMIT 7) SELECT count(*) FROM c;
INSERT INTO expect VALUES ('a CTE', cache_get('cte'), 7);
SELECT coalesce(cache_get('lazy'), cache_set('lazy', 'computed', 60));
SELECT coalesce(cache_get('lazy'), cache_set('lazy', 'again', 60));
INSERT INTO expect VALUES ('read through', cache_get('lazy'), 'computed');
CREATE VIEW v AS SELECT x, cache_get(x) AS cached, cache_incr('views') AS n FROM t WHERE x <= 3;
INSERT INTO expect VALUES ('a view', (SELECT sum(cached) FROM v), 12);
SELECT n FROM v;
INSERT INTO expect VALUES ('a view that writes', cache_get('views') >= 3, 1);
-- A table that is read is not what it reads: the cache while it is scanned.
SELECT cache_clear();
SELECT cache_set(x, x) FROM t WHERE x <= 500;
SELECT cache_del(key) FROM kv_cache WHERE value % 2;
INSERT INTO expect VALUES ('removed under way', (SELECT count(*) FROM kv_cache), 250);
SELECT cache_set(key, 'new') FROM kv_cache;
INSERT INTO expect VALUES ('changed under way', (SELECT count(*) FROM kv_cache WHERE value = 'new'), 250);
