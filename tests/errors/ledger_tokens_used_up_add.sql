-- ledger_add: the tokens are used up
SELECT ledger_mark('a');
INSERT INTO larder_meta VALUES ('ledger.fence', 9223372036854775807);
SELECT ledger_add('q', 'b');
