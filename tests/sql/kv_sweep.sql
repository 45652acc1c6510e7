-- The sweep removes what is dead, and brings sweep_at of what was refreshed up to date.
INSERT INTO expect VALUES ('before there are tables', kv_sweep(), 0);
INSERT INTO expect VALUES ('it makes none', (SELECT count(*) FROM sqlite_schema), 0);

SELECT kv_clock(1000);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
SELECT cache_set('k' || i, i, 10) FROM n;
SELECT cache_set('never', 1, NULL);
-- A hundred were used again.
SELECT count(cache_touch(key, 100)) FROM (SELECT key FROM kv_cache WHERE CAST(value AS INTEGER) <= 100 AND key <> 'never');
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('refreshed', (SELECT count(*) FROM larder_cache WHERE sweep_at < expires_at), 100);

INSERT INTO expect VALUES ('max_rows 0', kv_sweep(0), 0);
INSERT INTO expect VALUES ('max_rows 1', kv_sweep(1), 1);
INSERT INTO expect VALUES ('max_rows 99', kv_sweep(99), 99);
INSERT INTO expect VALUES ('left', (SELECT count(*) FROM larder_cache), 1101);
INSERT INTO expect VALUES ('more than a step', kv_sweep(700), 700);
INSERT INTO expect VALUES ('the rest', kv_sweep(NULL), 300);
INSERT INTO expect VALUES ('nothing is left to do', kv_sweep(), 0);
INSERT INTO expect VALUES ('what lives', (SELECT count(*) FROM larder_cache), 101);
INSERT INTO expect VALUES ('sweep_at is exact now', (SELECT count(*) FROM larder_cache WHERE sweep_at < expires_at), 0);

-- Ledger rows past their keep go as well; checkpoints never do.
SELECT ledger_mark('import', 'short', NULL, 5), ledger_mark('import', 'long', NULL, 500), ledger_mark('import', 'ever');
SELECT checkpoint_set('orders', 7);
SELECT kv_clock(1015);
INSERT INTO expect VALUES ('one id', kv_sweep(), 1);
INSERT INTO expect VALUES ('ids', (SELECT group_concat(id) FROM larder_ledger), 'ever,long');
INSERT INTO expect VALUES ('checkpoint', checkpoint_get('orders'), 7);

-- max_rows counts over all that is swept.
SELECT kv_clock(1100);
SELECT ledger_mark('import', 'a', NULL, 5), ledger_mark('import', 'b', NULL, 5);
SELECT kv_clock(1110);
INSERT INTO expect VALUES ('101 of 102', kv_sweep(101), 101);
INSERT INTO expect VALUES ('the last', kv_sweep(101), 1);
INSERT INTO expect VALUES ('text of a number', kv_sweep('5'), 0);
