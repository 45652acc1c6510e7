-- Rate limits: so many units each period, all of them at once if nobody has taken lately.
INSERT INTO expect VALUES ('before there is one', (SELECT count(*) FROM kv_rate), 0);
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('three at once', rate_take('api', 3, '1s') + rate_take('api', 3, '1s') + rate_take('api', 3, '1s'), 0.0),
  ('the fourth waits', rate_take('api', 3, '1s'), 0.334), ('and takes nothing', rate_take('api', 3, '1s'), 0.334),
  ('three cost more', rate_take('api', 3, '1s', 3), 1.0), ('another name', rate_take('other', 3, '1s', 3), 0.0);
INSERT INTO expect SELECT 'shown', name || ' ' || allowed_at || ' ' || updated_at, 'api 1001.0 1000.0' FROM kv_rate WHERE name = 'api';
-- A third of a second is no whole number of milliseconds. The thirds add up all the same: after one second it is three units.
SELECT kv_clock(1000.333);
INSERT INTO expect VALUES ('not yet', rate_take('api', 3, '1s'), 0.001);
SELECT kv_clock(1000.334);
INSERT INTO expect VALUES ('one', rate_take('api', 3, '1s'), 0.0), ('no second', rate_take('api', 3, '1s'), 0.333);
SELECT kv_clock(1000.667);
INSERT INTO expect VALUES ('one', rate_take('api', 3, '1s'), 0.0), ('no second', rate_take('api', 3, '1s'), 0.333);
SELECT kv_clock(1001);
INSERT INTO expect VALUES ('one', rate_take('api', 3, '1s'), 0.0), ('no second', rate_take('api', 3, '1s'), 0.334), ('paid off at', (SELECT allowed_at FROM kv_rate WHERE name = 'api'), 1002.0);
-- After a whole period it is as if nobody had ever taken.
SELECT kv_clock(1001.999);
INSERT INTO expect VALUES ('open', (SELECT count(*) FROM kv_rate), 1), ('the number of them', (SELECT value FROM kv_stats WHERE name = 'rates'), 1);
SELECT kv_clock(1002);
INSERT INTO expect VALUES ('paid off', (SELECT count(*) FROM kv_rate), 0), ('all at once', rate_take('api', 3, '1s', 3), 0.0);

-- Costs: nothing costs nothing, and writes nothing.
INSERT INTO expect VALUES ('nothing', rate_take('free', 3, '1s', 0), 0.0), ('no row', (SELECT count(*) FROM larder_rate WHERE name = 'free'), 0),
  ('nothing, of what is used up', rate_take('api', 3, '1s', 0), 0.0), ('a text of a number', rate_take('text', '3', '1s', '2'), 0.0),
  ('a whole REAL', rate_take('text', 3.0, 1, 1.0), 0.0), ('used up', rate_take('text', 3, 1), 0.334);
-- Much in little time, little in much, and much in much.
INSERT INTO expect VALUES ('a million a millisecond', rate_take('fast', 1000000, '1ms', 999999) + rate_take('fast', 1000000, '1ms'), 0.0), ('but no more', rate_take('fast', 1000000, '1ms'), 0.001),
  ('one a year', rate_take('slow', 1, '365d'), 0.0), ('and no more', rate_take('slow', 1, '365d'), 365 * 86400.0),
  ('a terabyte a month', rate_take('bytes', 1000000000000, '30d', 999999999999) + rate_take('bytes', 1000000000000, '30d'), 0.0), ('to the byte', rate_take('bytes', 1000000000000, '30d'), 0.001);
-- Names are keys: a number is its text, a BLOB is none.
INSERT INTO expect VALUES ('42', rate_take(42, 1, 60), 0.0), ('is ''42''', rate_take('42', 1, 60), 60.0), ('and 42.0', rate_take(42.0, 1, 60), 60.0), ('and no BLOB', rate_take(x'3432', 1, 60), 0.0),
  ('found', (SELECT count(*) FROM kv_rate WHERE name = 42), 1), ('IN', (SELECT count(*) FROM kv_rate WHERE name IN ('api', 'text', 'nobody')), 2);

-- DELETE begins a name anew.
DELETE FROM kv_rate WHERE name IN (42, x'3432');
INSERT INTO expect VALUES ('anew', rate_take(42, 1, 60), 0.0), ('the BLOB as well', rate_take(x'3432', 1, 60), 0.0);
DELETE FROM kv_rate;
INSERT INTO expect VALUES ('all of them', (SELECT count(*) FROM kv_rate), 0), ('the rest is swept', kv_sweep() > 0, 1);

-- Another limit counts what was taken by the old one.
SELECT kv_clock(2000);
INSERT INTO expect VALUES ('one of two', rate_take('x', 2, 10), 0.0), ('five seconds are owed', rate_take('x', 7, 5), 0.715), ('used up by a lower limit', rate_take('x', 1, 4), 5.0);

-- A transaction that is rolled back has taken nothing.
BEGIN;
SELECT rate_take('y', 1, 60);
ROLLBACK;
INSERT INTO expect VALUES ('not taken', rate_take('y', 1, 60), 0.0);
BEGIN;
SELECT rate_take('z', 1, 60);
COMMIT;
INSERT INTO expect VALUES ('taken', rate_take('z', 1, 60), 60.0);
CREATE TABLE job(n);
INSERT INTO job SELECT value FROM json_each('[1,2,3,4,5]') WHERE rate_take('jobs', 3, 60) = 0;
INSERT INTO expect VALUES ('in a statement that writes', (SELECT count(*) FROM job), 3);

-- The clock goes back: what was taken is paid off when it would have been. Nothing more is given out for it.
SELECT kv_clock(1990);
INSERT INTO expect VALUES ('later by ten seconds', rate_take('z', 1, 60), 70.0);
SELECT kv_clock(2000);
INSERT INTO expect VALUES ('as before', rate_take('z', 1, 60), 60.0);

-- Before 1970.
SELECT kv_clock(-1000);
INSERT INTO expect VALUES ('the first', rate_take('early', 1, 60), 0.0), ('the second', rate_take('early', 1, 60), 60.0);
SELECT kv_clock(2000);

-- A sweep removes what has no effect any more. What was taken again since is found again in time.
DELETE FROM kv_rate;
SELECT kv_sweep();
SELECT rate_take('once', 1, 10), rate_take('twice', 2, 20);
SELECT kv_clock(2009);
SELECT rate_take('twice', 2, 20);
SELECT kv_clock(2010);
INSERT INTO expect VALUES ('one goes', kv_sweep(), 1), ('one stays', (SELECT name || ' ' || sweep_at FROM larder_rate), 'twice 2020.0');
SELECT kv_clock(2020);
INSERT INTO expect VALUES ('it goes in time', kv_sweep(), 1), ('none is left', (SELECT count(*) FROM larder_rate), 0);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT sum(rate_take(i, 2, 1 + i % 3)) FROM n;
SELECT kv_clock(2021);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT sum(rate_take(i, 2, 1)) FROM n WHERE i % 2;
INSERT INTO expect VALUES ('some', kv_sweep(10), 10);
SELECT kv_clock(2023);
INSERT INTO expect VALUES ('all the others', kv_sweep(), 2990), ('no row', (SELECT count(*) FROM larder_rate), 0);
INSERT INTO expect SELECT 'well', group_concat(name || ' ' || message), NULL FROM kv_check WHERE status <> 'ok';
