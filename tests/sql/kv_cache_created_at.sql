-- Entries that are taken over keep the time at which they were made. A ttl still counts from now.
SELECT kv_clock(1000);
INSERT INTO kv_cache(key, value, created_at, expires_at) VALUES ('a', 1, 10.0005, 2000), ('b', 2, '20', NULL), ('over', 3, 30, 1000);
INSERT INTO kv_cache(key, value, created_at, ttl) VALUES ('c', 3, 40, 60), (42.0, 4, 50, NULL);
INSERT INTO expect SELECT 'as it was', group_concat(key || ' ' || created_at || ' ' || ttl, ', '), '42 50.0 Inf, a 10.001 1000.0, b 20.0 Inf, c 40.0 60.0' FROM (SELECT * FROM kv_cache ORDER BY key);
INSERT OR IGNORE INTO kv_cache(key, value, created_at) VALUES ('a', 'ignored', 500);
INSERT OR REPLACE INTO kv_cache(key, value, created_at) VALUES ('b', 'replaced', 500), ('b', 'again', NULL), ('c', 'replaced', 600);
INSERT INTO expect SELECT 'ignored and replaced', group_concat(key || ' ' || created_at, ', '), 'a 10.001, b 1000.0, c 600.0' FROM (SELECT * FROM kv_cache WHERE key >= 'a' ORDER BY key);
-- What is the oldest is the first to go.
SELECT kv_config('cache.max_entries', 3);
INSERT INTO expect SELECT 'evicted', group_concat(key), '42,b,c' FROM (SELECT key FROM kv_cache ORDER BY key);
INSERT INTO expect SELECT name, status, 'ok' FROM kv_check WHERE name = 'cache';
