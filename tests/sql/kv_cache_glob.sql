-- GLOB on key means what it means on any table, whatever is in the pattern. (Whether it takes a BLOB for text is a matter of how SQLite was
-- built.)
CREATE TEMP TABLE plain(key TEXT);
INSERT INTO plain VALUES (''), ('a'), ('ab'), ('abc'), ('a*c'), ('a?c'), ('a[c'), ('a]c'), ('aéc'), ('b'), ('A'), ('ab' || char(0) || 'c'), ('42'), ('é'), ('é1'),
  (x''), (x'61'), (x'6162'), (x'612a63'), (x'616200'), (x'c3a931'), (x'ff'), (x'62');
SELECT cache_set(key, 1) FROM plain;
CREATE TEMP TABLE pattern(p);
INSERT INTO pattern VALUES (''), ('*'), ('a'), ('a*'), ('ab*'), ('a?c'), ('a[*]c'), ('a[?]c'), ('a[[]c'), ('a]c'), ('[ab]*'), ('?'), ('*c'), ('é*'), ('aé*'),
  ('[^a]*'), ('z*'), ('a[b'), (4), (42), ('4*'), ('ab' || char(0) || '*'), ('*' || char(0)), (NULL);
INSERT INTO expect
SELECT 'GLOB ' || quote(p),
  (SELECT group_concat(quote(key)) FROM (SELECT key FROM kv_cache WHERE key GLOB p ORDER BY key)),
  (SELECT group_concat(quote(key)) FROM (SELECT key FROM plain WHERE key GLOB p ORDER BY key))
FROM pattern;
INSERT INTO expect
SELECT 'downwards ' || quote(p),
  (SELECT group_concat(quote(key)) FROM (SELECT key FROM kv_cache WHERE key GLOB p ORDER BY key DESC)),
  (SELECT group_concat(quote(key)) FROM (SELECT key FROM plain WHERE key GLOB p ORDER BY key DESC))
FROM pattern;
