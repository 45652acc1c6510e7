-- Where a job stands. A checkpoint has no end, and nothing but checkpoint_del removes it.
INSERT INTO expect VALUES ('before there is one', checkpoint_get('orders'), NULL), ('default', checkpoint_get('orders', 0), 0), ('table', (SELECT count(*) FROM kv_checkpoint), 0);
SELECT kv_clock(1000);
CREATE TEMP TABLE sample(name, value);
INSERT INTO sample VALUES ('NULL', NULL), ('integer', -7), ('real', 7.0), ('text', 'Grüße'), ('number as text', '042'), ('NUL inside', 'a' || char(0) || 'b'), ('blob', x'00ff'), ('empty', '');
INSERT INTO expect SELECT 'set: ' || name, checkpoint_set(name, value), value FROM sample;
INSERT INTO expect SELECT 'get: ' || name, checkpoint_get(name, 'none'), value FROM sample;
INSERT INTO expect SELECT 'bytes: ' || name, hex(checkpoint_get(name)), hex(value) FROM sample;
INSERT INTO expect SELECT 'table: ' || name, (SELECT c.value FROM kv_checkpoint AS c WHERE c.name = s.name), value FROM sample AS s;
INSERT INTO expect VALUES ('number as name', checkpoint_set(42, 'n'), 'n'), ('is its text', checkpoint_get('42'), 'n'), ('the empty name', checkpoint_set('', 'e'), 'e'), ('is one', checkpoint_get(''), 'e');

SELECT kv_clock(2000);
SELECT checkpoint_set('integer', 1);
INSERT INTO expect VALUES ('overwritten, also with less', checkpoint_get('integer'), 1),
  ('updated_at', (SELECT updated_at FROM kv_checkpoint WHERE name = 'integer'), 2000.0),
  ('updated_at of another', (SELECT updated_at FROM kv_checkpoint WHERE name = 'real'), 1000.0),
  ('all', (SELECT count(*) FROM kv_checkpoint), 10),
  ('in order', (SELECT group_concat(name) FROM (SELECT name FROM kv_checkpoint WHERE name IN ('text', 'blob') ORDER BY name)), 'blob,text'),
  ('NULL', (SELECT count(*) FROM kv_checkpoint WHERE name = NULL), 0);
SELECT kv_clock(1e11);
SELECT cache_clear(), kv_sweep();
INSERT INTO expect VALUES ('after a sweep and a clear, an age later', (SELECT count(*) FROM kv_checkpoint), 10);
INSERT INTO expect VALUES ('del', checkpoint_del('integer'), 1), ('del again', checkpoint_del('integer'), 0), ('gone', checkpoint_get('integer', 'gone'), 'gone');
