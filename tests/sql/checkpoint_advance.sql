-- Forward only: an old run that overlaps a new one cannot move the mark back.
SELECT kv_clock(1000);
INSERT INTO expect VALUES
  ('new', checkpoint_advance('n', 10), 1), ('same', checkpoint_advance('n', 10), 0), ('less', checkpoint_advance('n', 9), 0), ('stays', checkpoint_get('n'), 10),
  ('more', checkpoint_advance('n', 11), 1), ('moves', checkpoint_get('n'), 11),
  ('a little more', checkpoint_advance('n', 11.5), 1), ('a little less', checkpoint_advance('n', 11), 0), ('real', checkpoint_get('n'), 11.5),
  ('NULL is no progress', checkpoint_advance('n', NULL), 0), ('and changes nothing', checkpoint_get('n'), 11.5);
INSERT INTO expect VALUES
  ('text', checkpoint_advance('t', '2026-01-31'), 1), ('later', checkpoint_advance('t', '2026-02-01'), 1), ('earlier', checkpoint_advance('t', '2026-01-31T23:59'), 0),
  ('latest', checkpoint_get('t'), '2026-02-01'),
  ('BLOB', checkpoint_advance('b', x'01'), 1), ('greater BLOB', checkpoint_advance('b', x'0100'), 1), ('lesser BLOB', checkpoint_advance('b', x'00ff'), 0);
INSERT INTO expect VALUES
  ('new NULL', checkpoint_advance('null', NULL), 1), ('again', checkpoint_advance('null', NULL), 0), ('then anything', checkpoint_advance('null', -5), 1), ('is more', checkpoint_get('null'), -5);
SELECT kv_clock(2000);
SELECT checkpoint_advance('n', 1), checkpoint_advance('t', '2027');
INSERT INTO expect VALUES ('updated_at stays', (SELECT updated_at FROM kv_checkpoint WHERE name = 'n'), 1000.0), ('updated_at moves', (SELECT updated_at FROM kv_checkpoint WHERE name = 't'), 2000.0);
-- The highest of a batch that is in no order.
SELECT checkpoint_advance('batch', value) FROM json_each('[3, 9, 2, 7]');
INSERT INTO expect VALUES ('the highest', checkpoint_get('batch'), 9);
-- set moves it back on purpose.
SELECT checkpoint_set('n', 1);
INSERT INTO expect VALUES ('back', checkpoint_get('n'), 1);
