-- ledger_forget: id must not be NULL
-- An id that a program forgot to fill in must not forget the whole ledger.
SELECT ledger_forget('import', NULL);
