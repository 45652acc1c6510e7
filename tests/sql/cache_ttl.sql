-- What a ttl may be: seconds, their text, a text with one unit, NULL or Inf.
SELECT kv_clock(1000);
CREATE TEMP TABLE ttl(given, seconds);
INSERT INTO ttl VALUES
  (10, 10.0), (0.5, 0.5), ('10', 10.0), ('0.5', 0.5), ('+7', 7.0), ('1e2', 100.0), ('-0', NULL), ('1.5E+1m', 900.0), ('01', 1.0),
  ('500ms', 0.5), ('90s', 90.0), ('15m', 900.0), ('2h', 7200.0), ('7d', 604800.0), ('1.5h', 5400.0),
  (NULL, 9e999), (9e999, 9e999), ('inf', 9e999), ('Inf', 9e999), ('+INF', 9e999), ('Infinity', 9e999), ('-inf', NULL), ('1e999', 9e999), ('1e-999', NULL),
  (1e300, 1e300), ('1e300', 1e300), (0.0016, 0.002);
-- (What is over at once has no entry in which to show.)
SELECT cache_set(rowid, 'v', given) FROM ttl;
INSERT INTO expect SELECT 'ttl ' || quote(given), cache_ttl(rowid), seconds FROM ttl;
INSERT INTO expect SELECT 'deadline of ttl ' || quote(given), (SELECT expires_at FROM kv_cache WHERE key = ttl.rowid),
  CASE WHEN seconds < 9e999 THEN 1000.0 + seconds END FROM ttl;

-- What does not die in a thousand years does not die.
SELECT kv_clock(4e10);
INSERT INTO expect VALUES ('left', (SELECT count(*) FROM kv_cache), 9);

-- The numbers that a comparison needs: soon, later, never.
SELECT kv_clock(1000);
SELECT cache_set('soon', 1, 30), cache_set('later', 1, 90), cache_set('never', 1, NULL);
INSERT INTO expect VALUES ('soon', cache_ttl('soon') < 60, 1);
INSERT INTO expect VALUES ('later', cache_ttl('later') < 60, 0);
INSERT INTO expect VALUES ('never', cache_ttl('never') < 60, 0);
INSERT INTO expect VALUES ('absent', cache_ttl('absent') < 60, NULL);
