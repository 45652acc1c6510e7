-- The connection's clock: it runs, or stands where it was put.
INSERT INTO expect VALUES ('runs', abs(kv_clock() - (julianday('now') - 2440587.5) * 86400) < 60, 1), ('type', typeof(kv_clock()), 'real');
INSERT INTO expect VALUES ('rounded', kv_clock(1700000000.12345), 1700000000.123), ('frozen', kv_clock(), 1700000000.123), ('as text', kv_clock('1000'), 1000.0),
  ('0', kv_clock(0), 0.0), ('before 1970', kv_clock(-5.5), -5.5), ('integer', kv_clock(7), 7.0),
  ('too large to have milliseconds', kv_clock(9007199254741.041), 9007199254741.041);
-- Larder's own times follow it.
SELECT kv_clock(5000);
SELECT cache_set('a', 1, 10), ledger_mark('a'), checkpoint_set('a', 1);
INSERT INTO expect VALUES ('cache', (SELECT created_at FROM kv_cache), 5000.0), ('ledger', (SELECT done_at FROM kv_ledger), 5000.0), ('checkpoint', (SELECT updated_at FROM kv_checkpoint), 5000.0);
-- It may go back: what had died lives again, until a sweep.
SELECT kv_clock(6000);
INSERT INTO expect VALUES ('dead', cache_has('a'), 0);
SELECT kv_clock(5009);
INSERT INTO expect VALUES ('alive', cache_ttl('a'), 1.0);
INSERT INTO expect VALUES ('running again', kv_clock(NULL) > 1.7e9, 1), ('and on', kv_clock() > 1.7e9, 1);
