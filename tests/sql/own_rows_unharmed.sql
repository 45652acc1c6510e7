-- Clearing, sweeping and forgetting touch Larder's tables and no other.
CREATE TABLE larder(x);
CREATE TABLE larder_own(x);
CREATE TABLE cache(key, value);
CREATE TABLE ledger(x);
INSERT INTO larder VALUES (1); INSERT INTO larder_own VALUES (2); INSERT INTO cache VALUES ('a', 3); INSERT INTO ledger VALUES (4);
SELECT cache_set('a', 1, 1), ledger_mark('a', 'b', 1, 1), checkpoint_set('a', 1);
SELECT kv_clock(kv_clock() + 10);
SELECT kv_sweep(), cache_clear(), ledger_forget('a'), checkpoint_del('a');
INSERT INTO expect VALUES ('own rows', (SELECT larder.x || larder_own.x || cache.value || ledger.x FROM larder, larder_own, cache, ledger), '1234');
DROP TABLE IF EXISTS cache;
DROP TABLE IF EXISTS ledger;
DROP TABLE larder_own;
SELECT cache_set('a', 2);
INSERT INTO expect VALUES ('Larder goes on', cache_get('a'), 2);
