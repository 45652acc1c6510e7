-- ledger_claim: lease must be more than 0; got '-5m'
SELECT ledger_claim('q', 'a', '-5m');
