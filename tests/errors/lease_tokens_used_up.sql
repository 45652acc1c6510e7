-- lease_acquire: the tokens are used up
SELECT ledger_mark('a');
INSERT INTO larder_meta VALUES ('lease.last_token', 9223372036854775807);
SELECT lease_acquire('b', 60);
