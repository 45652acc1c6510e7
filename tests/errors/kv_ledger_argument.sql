-- kv_ledger: it takes no argument
SELECT count(*) FROM kv_ledger(5);
