-- A cache whose keys are all claimed before they are stored stays bounded as well: the claim of a new key removes two dead rows.
SELECT kv_clock(1000);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
SELECT cache_claim('old' || i, 5), cache_set('old' || i, i, 10) FROM n;
SELECT kv_clock(1010);
-- Rows that somebody else works on stand at the very front of the sweep's index, and are no obstacle.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
SELECT cache_claim('busy' || i, 500) FROM n;
INSERT INTO expect VALUES ('two each', (SELECT count(*) FROM larder_cache WHERE key GLOB 'old*'), 60);
INSERT INTO expect VALUES ('the rest', kv_sweep(), 60), ('claimed ones stay', (SELECT count(*) FROM larder_cache), 20);
INSERT INTO expect VALUES ('nothing is due', kv_sweep(), 0);
-- A dead value that is being replaced stays in place for cache_stale(), and what is behind it goes.
SELECT cache_set('first', 1, 5), cache_set('second', 2, 6);
SELECT kv_clock(1020);
SELECT cache_claim('first', 50);
INSERT INTO expect VALUES ('behind it', kv_sweep(1), 1), ('stale', cache_stale('first'), 1), ('gone', cache_stale('second'), NULL);
SELECT kv_clock(1510);
INSERT INTO expect VALUES ('claims that nobody kept', kv_sweep(), 21), ('nothing is left', (SELECT count(*) FROM larder_cache), 0);
