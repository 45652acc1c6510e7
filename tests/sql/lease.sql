-- One at a time: who holds it, for how long, and the token that tells an old holder from a new one.
INSERT INTO expect VALUES ('before there is one', (SELECT count(*) FROM kv_lease), 0);
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('Ada gets it', lease_acquire('nightly', 10, 'Ada'), 1), ('Bob does not', lease_acquire('nightly', 10, 'Bob'), NULL),
  ('another name', lease_acquire('hourly', '1m', 'Bob'), 1);
INSERT INTO expect SELECT 'shown', name || ' ' || owner || ' ' || token || ' ' || acquired_at || ' ' || expires_at, 'nightly Ada 1 1000.0 1010.0' FROM kv_lease WHERE name = 'nightly';
INSERT INTO expect VALUES ('checked', lease_check('nightly', 1), 1);
-- Her second call renews: it keeps the token and never shortens.
SELECT kv_clock(1004);
INSERT INTO expect VALUES ('again', lease_acquire('nightly', 20, 'Ada'), 1), ('longer', (SELECT expires_at FROM kv_lease WHERE name = 'nightly'), 1024.0),
  ('since', (SELECT acquired_at FROM kv_lease WHERE name = 'nightly'), 1000.0),
  ('shorter', lease_acquire('nightly', 1, 'Ada'), 1), ('stays', (SELECT expires_at FROM kv_lease WHERE name = 'nightly'), 1024.0);
INSERT INTO expect VALUES ('renewed', lease_renew('nightly', 1, 30), 1), ('longer still', (SELECT expires_at FROM kv_lease WHERE name = 'nightly'), 1034.0),
  ('renew never shortens', lease_renew('nightly', 1, 2), 1), ('as before', (SELECT expires_at FROM kv_lease WHERE name = 'nightly'), 1034.0),
  ('no other token', lease_renew('nightly', 2, 30) + lease_renew('nightly', 0, 30) + lease_release('nightly', 2), 0);
-- It ends with its last millisecond, and then a heartbeat comes too late, although nobody has taken it.
SELECT kv_clock(1033.999);
INSERT INTO expect VALUES ('to the last', lease_check('nightly', 1), 1);
SELECT kv_clock(1034);
INSERT INTO expect VALUES ('too late to renew', lease_renew('nightly', 1, 30), 0), ('or to release', lease_release('nightly', 1), 0), ('not shown', (SELECT count(*) FROM kv_lease WHERE name = 'nightly'), 0);
INSERT INTO expect VALUES ('even her own is a new one', lease_acquire('nightly', 10, 'Ada'), 2);
SELECT kv_clock(1044);
INSERT INTO expect VALUES ('now Bob', lease_acquire('nightly', 10, 'Bob'), 3), ('not Ada', lease_renew('nightly', 2, 10), 0), ('since when', (SELECT acquired_at FROM kv_lease WHERE name = 'nightly'), 1044.0);
-- A released lease is free at once, also when the clock goes back.
INSERT INTO expect VALUES ('released', lease_release('nightly', 3), 1), ('once', lease_release('nightly', 3), 0), ('free', (SELECT count(*) FROM kv_lease WHERE name = 'nightly'), 0);
SELECT kv_clock(-1e9);
INSERT INTO expect VALUES ('before all time', lease_acquire('nightly', 10, 'Ada'), 4), ('old tokens stay old', lease_renew('nightly', 3, 10), 0);
-- For ever, and names and owners as keys.
SELECT kv_clock(2000);
INSERT INTO expect VALUES ('for ever', lease_acquire('eternal', NULL, 7), 1), ('shown', (SELECT expires_at FROM kv_lease WHERE name = 'eternal'), NULL);
SELECT kv_clock(1e15);
INSERT INTO expect VALUES ('still', lease_check('eternal', 1), 1), ('7 is ''7''', lease_acquire('eternal', 5, '7'), 1), ('has no end now either', lease_acquire('eternal', 5, 'x'), NULL),
  ('released', lease_release('eternal', '1'), 1), ('the key 42', lease_acquire(42, 5, 'x'), 1), ('is ''42''', lease_check('42', 1.0), 1), ('and no BLOB', lease_acquire(x'3432', 5, 'y'), 1);
-- Without an owner it is this connection, and it says which.
INSERT INTO expect VALUES ('mine', lease_acquire('mine', 5), 1), ('again', lease_acquire('mine', 5, NULL), 1), ('not x', lease_acquire('mine', 5, 'x'), NULL),
  ('host:pid:connection', (SELECT owner GLOB '?*:[0-9]*:?*' FROM kv_lease WHERE name = 'mine'), 1);
INSERT INTO expect VALUES ('the number of them', (SELECT value FROM kv_stats WHERE name = 'leases'), (SELECT count(*) FROM kv_lease)),
  ('IN', (SELECT count(*) FROM kv_lease WHERE name IN ('mine', '42', 'nobody')), 2), ('NULL', (SELECT count(*) FROM kv_lease WHERE name = NULL), 0);
