-- A sweep looks many rows ahead, and goes past more rows that stay than it looks at once: some are claimed, a trigger keeps others, and all have
-- one deadline, so that only their order tells where the next look begins.
SELECT kv_clock(1000);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
SELECT cache_set('claimed' || i, i, 10), cache_claim('claimed' || i, 100), cache_set('kept' || i, i, 10) FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
SELECT cache_set('refreshed' || i, i, 10), cache_touch('refreshed' || i, 1000) FROM n;
SELECT cache_set('a', 1, 10), cache_set('b', 1, 10), cache_set('c', 1, 11);
CREATE TRIGGER keep BEFORE DELETE ON larder_cache WHEN old.key GLOB 'kept*' BEGIN SELECT RAISE(IGNORE); END;
SELECT kv_clock(1011);

INSERT INTO expect VALUES ('the first behind them', kv_sweep(1), 1), ('is', cache_stale('a'), NULL);
INSERT INTO expect VALUES ('the others', kv_sweep(), 2), ('b', cache_stale('b'), NULL), ('c', cache_stale('c'), NULL);
INSERT INTO expect VALUES ('refreshed rows are due later', (SELECT count(*) FROM larder_cache WHERE sweep_at < expires_at), 0);
INSERT INTO expect VALUES ('no more', kv_sweep(), 0);

DROP TRIGGER keep;
INSERT INTO expect VALUES ('nothing keeps them', kv_sweep(), 700);
SELECT kv_clock(1100);
INSERT INTO expect VALUES ('claims that ended', kv_sweep(), 700), ('what lives', (SELECT count(*) FROM larder_cache), 700);
