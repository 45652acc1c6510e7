-- What waits again with all its attempts used up is dead at the next claim, and keeps its error; with its attempts set to 0 it is tried again.
SELECT kv_config('ledger.max_attempts', 1);
SELECT ledger_add('q', 'a'), ledger_fail('q', 'a', ledger_claim('q', 'a', 60), 'no such host');
UPDATE kv_ledger SET status = 'pending' WHERE id = 'a';
INSERT INTO expect SELECT 'waits', status || attempts, 'pending1' FROM kv_ledger;
INSERT INTO expect VALUES ('nobody gets it', ledger_next('q', 60), NULL);
INSERT INTO expect SELECT 'dead', status || ': ' || error, 'dead: no such host' FROM kv_ledger;
UPDATE kv_ledger SET status = 'pending', attempts = 0 WHERE id = 'a';
INSERT INTO expect VALUES ('another try', json_extract(ledger_next('q', 60), '$.attempt'), 1);
-- So is what waits when the limit becomes lower.
SELECT kv_config('ledger.max_attempts', 3);
SELECT ledger_add('q', 'b'), ledger_fail('q', 'b', ledger_claim('q', 'b', 60), 'busy', 0);
SELECT kv_config('ledger.max_attempts', 1);
INSERT INTO expect SELECT 'failed', status, 'failed' FROM kv_ledger WHERE id = 'b';
INSERT INTO expect VALUES ('not claimed', ledger_claim('q', 'b', 60), 0);
INSERT INTO expect SELECT 'lowered', status || ': ' || error, 'dead: busy' FROM kv_ledger WHERE id = 'b';
