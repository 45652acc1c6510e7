-- cache_set: cache.default_ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT cache_set('a', 1);
INSERT INTO larder_meta(name, value) VALUES ('cache.default_ttl', 'soon');
SELECT cache_set('b', 1);
