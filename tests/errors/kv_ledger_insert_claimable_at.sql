-- kv_ledger: claimable_at must be a number of seconds; got 'soon'
INSERT INTO kv_ledger(ledger, id, claimable_at) VALUES ('import', 'a', 'soon');
