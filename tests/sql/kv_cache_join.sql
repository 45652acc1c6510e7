-- The cache beside other tables, and beside itself.
SELECT kv_clock(1000);
CREATE TABLE page(id INTEGER PRIMARY KEY, url TEXT);
INSERT INTO page VALUES (1, '/'), (2, '/about'), (3, '/news');
SELECT cache_set(url, 'body of ' || url, id * 10) FROM page WHERE id < 3;
INSERT INTO expect VALUES
  ('inner', (SELECT group_concat(value) FROM page JOIN kv_cache ON key = url ORDER BY id), 'body of /,body of /about'),
  ('left', (SELECT group_concat(coalesce(value, 'none')) FROM (SELECT value FROM page LEFT JOIN kv_cache ON key = url ORDER BY id)),
    'body of /,body of /about,none'),
  ('what is missing', (SELECT url FROM page WHERE NOT EXISTS (SELECT 1 FROM kv_cache WHERE key = url)), '/news'),
  ('with itself', (SELECT count(*) FROM kv_cache AS a JOIN kv_cache AS b ON a.key = b.key), 2),
  ('every pair', (SELECT count(*) FROM kv_cache AS a JOIN kv_cache AS b), 4),
  ('in order', (SELECT count(*) FROM kv_cache AS a JOIN kv_cache AS b ON a.key < b.key), 1),
  ('from the number to the text', (SELECT count(*) FROM (SELECT 1 AS n) JOIN kv_cache ON key = n), 0),
  ('a correlated range', (SELECT max((SELECT count(*) FROM kv_cache WHERE key >= url)) FROM page), 2);
SELECT cache_set(1, 'one');
INSERT INTO expect VALUES ('a number meets its text', (SELECT value FROM page JOIN kv_cache ON key = id), 'one');
