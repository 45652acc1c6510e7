-- A new deadline for what is there, and nothing else.
SELECT kv_clock(1000);
SELECT cache_set('a', 'v', 10);
SELECT kv_clock(1005);
INSERT INTO expect VALUES ('later', cache_touch('a', 60), 1);
INSERT INTO expect VALUES ('ttl', cache_ttl('a'), 60.0);
INSERT INTO expect VALUES ('value', cache_get('a'), 'v');
INSERT INTO expect VALUES ('created_at', (SELECT created_at FROM kv_cache WHERE key = 'a'), 1000.0);
INSERT INTO expect VALUES ('earlier', cache_touch('a', '5s'), 1);
INSERT INTO expect VALUES ('ttl is less', cache_ttl('a'), 5.0);
INSERT INTO expect VALUES ('never', cache_touch('a', NULL), 1);
INSERT INTO expect VALUES ('no end', cache_ttl('a'), 9e999);
INSERT INTO expect VALUES ('an end again', cache_touch('a', 7), 1);
INSERT INTO expect VALUES ('ttl again', cache_ttl('a'), 7.0);
INSERT INTO expect VALUES ('over', cache_touch('a', 0), 1);
INSERT INTO expect VALUES ('gone', cache_has('a'), 0);
INSERT INTO expect VALUES ('absent', cache_touch('a', 60), 0);
INSERT INTO expect VALUES ('and stays so', cache_has('a'), 0);
