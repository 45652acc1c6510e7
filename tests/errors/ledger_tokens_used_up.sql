-- ledger_next: the tokens are used up
SELECT ledger_add('q', 'a');
UPDATE larder_ledger SET token = 9223372036854775807;
SELECT ledger_next('q', 60);
