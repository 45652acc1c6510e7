-- A ttl of 0 or less: the value has expired before it arrived. Nothing is stored, what was there goes, and the call
-- returns what it would have.
SELECT kv_clock(1000);
CREATE TEMP TABLE over(ttl);
INSERT INTO over VALUES (0), (-1), ('0'), ('-1'), ('-5m'), ('0ms'), (0.0), (-9e999), ('-inf'), (-1e300);

INSERT INTO expect SELECT 'set returns the value, ttl ' || ttl, cache_set('new', 'v', ttl), 'v' FROM over;
INSERT INTO expect VALUES ('nothing was stored', (SELECT count(*) FROM larder_cache), 0);

SELECT cache_set('old' || rowid, 'v') FROM over;
SELECT cache_set('old' || rowid, 'w', ttl) FROM over;
INSERT INTO expect VALUES ('what was there goes', (SELECT count(*) FROM larder_cache), 0);

-- A duration is a number of milliseconds; less than half of one is none.
SELECT cache_set('tiny', 'v', 60);
SELECT cache_set('tiny', 'w', 0.0004);
INSERT INTO expect VALUES ('less than half a millisecond', (SELECT count(*) FROM larder_cache), 0);

SELECT cache_set('a', 1);
INSERT INTO expect VALUES ('add where something is', cache_add('a', 2, 0), 0);
INSERT INTO expect VALUES ('which stays', cache_get('a'), 1);
INSERT INTO expect VALUES ('add where nothing is', cache_add('b', 2, 0), 1);
INSERT INTO expect VALUES ('stores nothing', cache_has('b'), 0);
INSERT INTO expect VALUES ('replace', cache_replace('a', 2, 0), 1);
INSERT INTO expect VALUES ('removes', cache_has('a'), 0);
SELECT cache_set('a', 1);
INSERT INTO expect VALUES ('cas of something else', cache_cas('a', 7, 2, 0), 0);
INSERT INTO expect VALUES ('which stays here too', cache_get('a'), 1);
INSERT INTO expect VALUES ('cas', cache_cas('a', 1, 2, 0), 1);
INSERT INTO expect VALUES ('removes too', cache_has('a'), 0);
INSERT INTO expect VALUES ('incr', cache_incr('n', 5, 0), 5);
INSERT INTO expect VALUES ('incr keeps nothing', cache_has('n'), 0);
SELECT cache_set('a', 1);
INSERT INTO expect VALUES ('touch', cache_touch('a', -1), 1);
INSERT INTO expect VALUES ('touch removes', (SELECT count(*) FROM larder_cache), 0);
