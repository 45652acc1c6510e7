-- The indexed sweep_at is a lower bound of expires_at, and moves only when it must.
SELECT kv_clock(1000);
CREATE TEMP VIEW broken AS
SELECT * FROM main.larder_cache WHERE (sweep_at IS NULL) <> (expires_at IS NULL) OR sweep_at > expires_at;
CREATE TEMP VIEW row AS SELECT expires_at || ' ' || sweep_at AS at FROM main.larder_cache WHERE key = 'a';

SELECT cache_set('a', 1, 10);
INSERT INTO expect VALUES ('new', (SELECT at FROM row), '1010.0 1010.0');
SELECT kv_clock(1001);
SELECT cache_set('a', 2, 10);
INSERT INTO expect VALUES ('overwritten', (SELECT at FROM row), '1011.0 1010.0');
SELECT cache_touch('a', 100);
INSERT INTO expect VALUES ('touched', (SELECT at FROM row), '1101.0 1010.0');
SELECT cache_incr('a');
INSERT INTO expect VALUES ('counted', (SELECT at FROM row), '1101.0 1010.0');
SELECT cache_replace('a', 1, 200);
INSERT INTO expect VALUES ('replaced', (SELECT at FROM row), '1201.0 1010.0');
SELECT cache_cas('a', 1, 2, 300);
INSERT INTO expect VALUES ('swapped', (SELECT at FROM row), '1301.0 1010.0');
UPDATE kv_cache SET ttl = 400;
INSERT INTO expect VALUES ('updated', (SELECT at FROM row), '1401.0 1010.0');
INSERT OR REPLACE INTO kv_cache(key, value, ttl) VALUES ('a', 3, 500);
INSERT INTO expect VALUES ('inserted over', (SELECT at FROM row), '1501.0 1010.0');
SELECT cache_touch('a', 9);
INSERT INTO expect VALUES ('just as early', (SELECT at FROM row), '1010.0 1010.0');

-- An earlier end must be found in time.
SELECT cache_touch('a', 5);
INSERT INTO expect VALUES ('touched to die sooner', (SELECT at FROM row), '1006.0 1006.0');
SELECT cache_set('a', 1, 3);
INSERT INTO expect VALUES ('overwritten to die sooner', (SELECT at FROM row), '1004.0 1004.0');

-- To never and back.
SELECT cache_touch('a', NULL);
INSERT INTO expect VALUES ('never', (SELECT count(*) FROM larder_cache WHERE sweep_at IS NULL AND expires_at IS NULL), 1);
SELECT cache_set('a', 2, NULL);
INSERT INTO expect VALUES ('still never', (SELECT count(*) FROM larder_cache WHERE sweep_at IS NULL AND expires_at IS NULL), 1);
SELECT cache_touch('a', 10);
INSERT INTO expect VALUES ('an end again', (SELECT at FROM row), '1011.0 1011.0');
SELECT cache_set('a', 1, NULL);
INSERT INTO expect VALUES ('set to never', (SELECT count(*) FROM larder_cache WHERE sweep_at IS NULL AND expires_at IS NULL), 1);
SELECT cache_set('a', 1, 20);
INSERT INTO expect VALUES ('set to an end', (SELECT at FROM row), '1021.0 1021.0');

-- Many keys, many changes, in no order: the bound always holds.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
SELECT kv_clock(2000 + i / 10),
  CASE i % 4
    WHEN 0 THEN cache_touch('k' || (i * 7919 % 50), nullif(i * 31 % 20, 8))
    WHEN 1 THEN cache_incr('k' || (i * 104729 % 50), 1, i * 17 % 30)
    ELSE cache_set('k' || (i * 1299709 % 50), i, nullif(i * 13 % 40, 7))
  END
FROM n;
INSERT INTO expect VALUES ('some rows', (SELECT count(*) > 10 FROM larder_cache), 1);
INSERT INTO expect VALUES ('some of them lag', (SELECT count(*) > 0 FROM larder_cache WHERE sweep_at < expires_at), 1);
INSERT INTO expect VALUES ('some never die', (SELECT count(*) > 0 FROM larder_cache WHERE sweep_at IS NULL), 1);
INSERT INTO expect VALUES ('none is broken', (SELECT count(*) FROM broken), 0);

-- The sweep finds all that is dead.
SELECT kv_clock(3000);
SELECT kv_sweep();
INSERT INTO expect VALUES ('only what never dies is left', (SELECT count(*) FROM larder_cache WHERE expires_at IS NOT NULL), 0);
