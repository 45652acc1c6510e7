-- Tokens of one name only grow, whatever removes its row.
SELECT kv_clock(1000);
SELECT lease_acquire('a', 10, 'x'), lease_acquire('b', 10, 'x');
SELECT kv_clock(1010), lease_acquire('a', 10, 'x');
SELECT kv_clock(1020), lease_acquire('a', 10, 'x');
INSERT INTO expect VALUES ('live ones stay', kv_sweep(), 1), ('the live one', (SELECT group_concat(name || token) FROM kv_lease), 'a3');
INSERT INTO expect VALUES ('b is gone', (SELECT count(*) FROM larder_lease), 1), ('what it leaves', (SELECT value FROM larder_meta WHERE name = 'lease.last_token'), 1);
INSERT INTO expect VALUES ('b again', lease_acquire('b', 10, 'y'), 2), ('the old holder', lease_renew('b', 1, 10), 0);
SELECT kv_clock(1030);
INSERT INTO expect VALUES ('both', kv_sweep(), 2), ('none', (SELECT count(*) FROM larder_lease), 0);
INSERT INTO expect VALUES ('above all before', lease_acquire('b', 10, 'y'), 4), ('a too', lease_acquire('a', 10, 'x'), 4), ('and a new name', lease_acquire('c', 10, 'x'), 4);
INSERT INTO expect VALUES ('released', lease_release('a', 4), 1), ('swept', kv_sweep(), 1), ('again', lease_acquire('a', 10, 'x'), 5);
-- The mark never goes back: b, with the lower token, is swept last.
SELECT lease_release('a', 5), kv_sweep(), lease_release('b', 4), kv_sweep();
INSERT INTO expect VALUES ('the mark', (SELECT value FROM larder_meta WHERE name = 'lease.last_token'), 5);
-- In steps, each with the mark of what it removes.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
SELECT lease_acquire('n' || i, i / 100.0 + 1, 'x') FROM n;
SELECT kv_clock(2000);
INSERT INTO expect VALUES ('some', kv_sweep(700), 700), ('the rest', kv_sweep(), 501), ('and no more', kv_sweep(), 0);
-- A setting it is not.
INSERT INTO expect VALUES ('settings', (SELECT count(*) FROM larder_meta WHERE name GLOB 'lease.*'), 1);
