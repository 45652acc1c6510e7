-- A value of 100 MB, which is copied no more often than needed.
SELECT length(cache_set('large', zeroblob(100000000)));
INSERT INTO expect VALUES ('length', length(cache_get('large')), 100000000);
INSERT INTO expect VALUES ('size', (SELECT size FROM kv_cache WHERE key = 'large'), 100000005);
INSERT INTO expect VALUES ('removed', cache_del('large'), 1);
INSERT INTO expect VALUES ('gone', cache_has('large'), 0);
