-- starts: 16 at once
INSERT INTO expect VALUES
  ('worked out once', (SELECT count(*) FROM worked_out), 1),
  ('stored', cache_get('report'), 'the result'),
  ('no claim is left', (SELECT claimed_until FROM larder_cache WHERE key = 'report'), NULL),
  ('nothing else is in the cache', (SELECT count(*) FROM larder_cache), 1);

-- What the sixteen printed, below the busy timeout: one the value it stored, the others what was there.
CREATE TEMP TABLE told AS
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 16)
SELECT trim(replace(CAST(readfile('output.' || i) AS TEXT), '5000' || char(10), ''), char(10)) AS text FROM n;
INSERT INTO expect VALUES
  ('all answered', (SELECT count(*) FROM told WHERE text IN ('the result', 'in the works, ask again')), 16),
  ('the one with the work too', (SELECT count(*) > 0 FROM told WHERE text = 'the result'), 1);

-- An entry in its last minute, and one refresher.
SELECT kv_clock(kv_clock() + 570);
INSERT INTO expect VALUES
  ('refresh', (SELECT cache_claim('report', '30s') WHERE cache_ttl('report') < 60), 1), ('one is enough', cache_claim('report', '30s'), 0), ('and all still hit', cache_get('report'), 'the result');
