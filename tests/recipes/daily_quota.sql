-- starts: 8 at once
-- (Should it turn midnight meanwhile, there are two days.)
INSERT INTO expect VALUES
  ('three on a day', (SELECT max(n) FROM (SELECT count(*) AS n FROM mail GROUP BY day)) = 3 OR (SELECT count(DISTINCT day) FROM mail) = 2, 1),
  ('no more', (SELECT max(n) FROM (SELECT count(*) AS n FROM mail GROUP BY day)) <= 3, 1),
  ('counted', (SELECT sum(value) FROM kv_cache WHERE key GLOB 'mails:ada:*'), (SELECT count(*) FROM mail)),
  ('kept for as long as it counts', (SELECT min(ttl) > 86400 FROM kv_cache), 1);
