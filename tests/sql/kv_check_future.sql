-- A clock that was two days ahead has been set right: what it wrote is in the way until then. The doctor names it, and what frees it.
SELECT kv_clock(1000);
SELECT ledger_add('l', 'claimed before'), ledger_add('l', 'renewed'), lease_acquire('renewed', 60), run_start('renewed', 60), cache_set('k', 1), cache_claim('before', 60);
SELECT ledger_claim('l', 'renewed', 60);
INSERT INTO expect SELECT 'in order', group_concat(name || ' ' || message), NULL FROM kv_check WHERE status <> 'ok';
SELECT kv_clock(173800.0);
-- What the ledger, the leases and the runs had before is lost by then, and is taken anew. A renewal is by somebody who still holds it.
SELECT lease_acquire('new', 60), run_start('new', 60), cache_set('new', 1, 60), cache_claim('claim', 60), cache_claim('k', 60);
SELECT ledger_claim('l', 'claimed before', 60), ledger_add('l', 'new', NULL, 60), ledger_add('l', 'in line'), ledger_claim('l', 'claimed new', 60), ledger_mark('l', 'done');
SELECT kv_clock(1010);
SELECT ledger_renew('l', 'renewed', (SELECT token FROM larder_ledger WHERE id = 'renewed'), 200000), lease_renew('renewed', 1, 200000);
UPDATE larder_run SET lease_until = 173860.0 WHERE job = 'renewed';
CREATE TEMP TABLE found AS SELECT name, replace(message, ' is from the future, or ends more than a day from now: was a clock ahead? ', ' | ') AS message FROM kv_check WHERE status = 'warning';
INSERT INTO expect SELECT 'leases', group_concat(message, '; '), 'the lease ''renewed'' | SELECT lease_release(''renewed'', 1) frees it; the lease ''new'' | SELECT lease_release(''new'', 1) frees it' FROM found WHERE name = 'leases';
INSERT INTO expect SELECT 'runs', group_concat(message, '; '), 'run 2 of ''new'' | SELECT run_finish(2, ''failed'') frees the job; run 1 of ''renewed'' | SELECT run_finish(1, ''failed'') frees the job' FROM (SELECT * FROM found WHERE name = 'runs' ORDER BY message DESC);
INSERT INTO expect SELECT 'ledger', group_concat(message, '; '),
  'the claim of ''l'', ''claimed before'' | SELECT ledger_fail(''l'', ''claimed before'', 2, ''clock'') gives it back; the claim of ''l'', ''claimed new'' | SELECT ledger_fail(''l'', ''claimed new'', 1, ''clock'') gives it back; '
  || 'the claim of ''l'', ''renewed'' | SELECT ledger_fail(''l'', ''renewed'', 3, ''clock'') gives it back; what waits in ''l'' (1 id(s)) | UPDATE kv_ledger SET claimable_at = kv_clock() WHERE ledger = ''l'' AND status IN (''pending'', ''failed'') AND created_at > kv_clock() AND claimable_at > kv_clock() lets it be claimed now'
  FROM (SELECT * FROM found WHERE name = 'ledger' ORDER BY message);
INSERT INTO expect SELECT 'cache', group_concat(message, '; '),
  '1 row(s) have a created_at that is still to come: a clock was ahead, and their deadlines may be too late, or an INSERT has set it. DELETE FROM kv_cache WHERE created_at > kv_clock() removes them; '
  || 'the claim of ''claim'' | SELECT cache_set(''claim'', NULL, 0) ends it; the claim of ''k'' | UPDATE kv_cache SET value = value WHERE key = ''k'' ends it' FROM (SELECT * FROM found WHERE name = 'cache' ORDER BY message);
INSERT INTO expect SELECT 'and is not in order as well', count(*), 0 FROM kv_check WHERE status = 'ok' AND name IN ('leases', 'runs', 'ledger', 'cache');

-- Each remedy does what it says.
SELECT lease_release('renewed', 1), lease_release('new', 1), run_finish(2, 'failed'), run_finish(1, 'failed');
SELECT ledger_fail('l', 'claimed before', 2, 'clock'), ledger_fail('l', 'claimed new', 1, 'clock'), ledger_fail('l', 'renewed', 3, 'clock');
UPDATE kv_ledger SET claimable_at = kv_clock() WHERE ledger = 'l' AND id = 'new';
DELETE FROM kv_cache WHERE created_at > kv_clock();
SELECT cache_set('claim', NULL, 0);
UPDATE kv_cache SET value = value WHERE key = 'k';
INSERT INTO expect VALUES ('the value stays', cache_get('k') || ' ' || cache_ttl('k'), '1 Inf');
INSERT INTO expect SELECT 'well again', group_concat(name || ' ' || message), NULL FROM kv_check WHERE status <> 'ok';
INSERT INTO expect VALUES ('free', lease_acquire('new', 5) || run_start('new', 5) || cache_claim('k', 5) || cache_claim('claim', 5), '2311');
INSERT INTO expect SELECT 'claimable', count(ledger_next('l', 60)), 5 FROM json_each('[1,2,3,4,5,6]');

-- A second ahead is no news; for ever is what was asked for, and a run for a week is one.
SELECT kv_clock(1011), lease_acquire('ever', NULL), run_start('week', '7d'), cache_claim('ever', NULL), ledger_claim('ever', 1, NULL), cache_set('week', 1, '7d');
SELECT kv_clock(1010);
INSERT INTO expect SELECT 'nothing strange', group_concat(name || ' ' || message), NULL FROM kv_check WHERE status <> 'ok';

-- Rates: a take by a clock that was ahead keeps the name waiting. A quota of a month is no news.
SELECT kv_clock(173800), rate_take('ahead', 1, 60);
SELECT kv_clock(1020), rate_take('month', 1, '30d');
INSERT INTO expect VALUES ('two days', rate_take('ahead', 1, 60), 172840.0);
INSERT INTO expect SELECT 'rates', group_concat(message), 'the rate ''ahead'' is from the future, or ends more than a day from now: was a clock ahead? DELETE FROM kv_rate WHERE name = ''ahead'' begins it anew' FROM kv_check WHERE name = 'rates';
DELETE FROM kv_rate WHERE name = 'ahead';
INSERT INTO expect VALUES ('free', rate_take('ahead', 1, 60), 0.0), ('well', (SELECT status || ' ' || message FROM kv_check WHERE name = 'rates'), 'ok 2 with an effect');
UPDATE larder_rate SET rounding = 7, sweep_at = allowed_at + 1;
INSERT INTO expect SELECT 'broken', group_concat(status || ' ' || message, '; '), 'error 2 row(s) have a rounding that is no fraction of a millisecond; error 2 row(s) have a sweep_at that does not fit allowed_at, and a sweep may miss them; UPDATE larder_rate SET sweep_at = allowed_at mends that' FROM kv_check WHERE name = 'rates';
