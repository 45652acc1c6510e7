-- What a user's trigger puts back under another name, or makes due again, keeps no sweep from its end: no more goes than was due when it began,
-- or than the limit says.
SELECT kv_clock(1000);
CREATE TABLE n(i INTEGER PRIMARY KEY);
INSERT INTO n WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1200) SELECT i FROM c;
BEGIN;
SELECT sum(ledger_mark('l', i, NULL, 5)) FROM n;
COMMIT;
CREATE TRIGGER put_back_id AFTER DELETE ON larder_ledger BEGIN
  INSERT INTO larder_ledger(ledger, id, status, created_at, expires_at) VALUES (old.ledger, old.id || 'x', old.status, old.created_at, old.expires_at);
END;
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('ids', kv_sweep(), 1200), ('are there', (SELECT count(*) FROM larder_ledger), 1200);
INSERT INTO expect VALUES ('a limit is one all the same', kv_sweep(1300), 1300);
DROP TRIGGER put_back_id;
SELECT ledger_forget('l');

SELECT kv_clock(1000);
BEGIN;
SELECT count(lease_acquire(i, 5)) FROM n;
COMMIT;
CREATE TRIGGER put_back_lease AFTER DELETE ON larder_lease BEGIN
  INSERT INTO larder_lease VALUES (old.name || 'x', NULL, old.token, old.acquired_at, old.expires_at);
END;
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('leases', kv_sweep(), 1200), ('are there', (SELECT count(*) FROM larder_lease), 1200);
DROP TRIGGER put_back_lease;
DELETE FROM larder_lease;

SELECT kv_clock(1000);
BEGIN;
SELECT count(rate_take(i, 1, 5)), count(rate_take('x' || i, 1, 500)) FROM n;
COMMIT;
CREATE TRIGGER put_back_rate AFTER DELETE ON larder_rate BEGIN
  INSERT INTO larder_rate VALUES (old.name || 'x', old.allowed_at, old.rounding, old.updated_at, old.sweep_at);
END;
CREATE TRIGGER move_back_rate AFTER UPDATE OF sweep_at ON larder_rate BEGIN UPDATE larder_rate SET sweep_at = old.sweep_at WHERE name = new.name; END;
UPDATE larder_rate SET sweep_at = 1005 WHERE name GLOB 'x*';
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('rates', kv_sweep() <= 2400, 1), ('are there', (SELECT count(*) FROM larder_rate), 2400);
DROP TRIGGER put_back_rate; DROP TRIGGER move_back_rate;
DELETE FROM larder_rate;

SELECT kv_config('run.keep', 5), kv_clock(1000);
BEGIN;
SELECT count(run_start(i, 5)), count(run_finish(i)) FROM n;
COMMIT;
CREATE TRIGGER put_back_run AFTER DELETE ON larder_run BEGIN
  INSERT INTO larder_run(job, status, owner, started_at, heartbeat_at, finished_at)
  VALUES (old.job, old.status, old.owner, old.started_at, old.heartbeat_at, old.finished_at);
END;
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('runs', kv_sweep(), 1200), ('are there', (SELECT count(*) FROM larder_run), 1200);
DROP TRIGGER put_back_run;
DELETE FROM larder_run;

SELECT kv_clock(1000);
BEGIN;
SELECT count(cache_set(i, 1, 5)), count(cache_touch(i, 500)) FROM n;
COMMIT;
CREATE TRIGGER move_on AFTER UPDATE OF sweep_at ON larder_cache WHEN old.sweep_at < 1008 BEGIN
  UPDATE larder_cache SET sweep_at = old.sweep_at + 0.00001 WHERE id = new.id;
END;
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('refreshed entries', kv_sweep(), 0), ('are due', (SELECT count(*) FROM larder_cache WHERE sweep_at < 1006), 1200);
DROP TRIGGER move_on;
SELECT cache_clear();
