-- What is marked is done, once and with its first result.
SELECT kv_clock(1000);
INSERT INTO expect VALUES
  ('seen before', ledger_seen('import', 'a'), 0),
  ('result before', ledger_result('import', 'a'), NULL),
  ('new', ledger_mark('import', 'a', 'first'), 1),
  ('known', ledger_mark('import', 'a', 'second'), 0),
  ('seen', ledger_seen('import', 'a'), 1),
  ('the first result', ledger_result('import', 'a'), 'first'),
  ('another ledger', ledger_mark('export', 'a', 'other'), 1),
  ('has its own', ledger_result('export', 'a'), 'other'),
  ('without a result', ledger_mark('import', 'b'), 1),
  ('seen all the same', ledger_seen('import', 'b'), 1),
  ('it is NULL', ledger_result('import', 'b'), NULL);

-- One argument: the ledger 'default'.
INSERT INTO expect VALUES
  ('default', ledger_mark('a'), 1),
  ('default again', ledger_mark('a'), 0),
  ('default by its name', ledger_mark('default', 'a'), 0),
  ('default seen', ledger_seen('a'), 1),
  ('default seen by its name', ledger_seen('default', 'a'), 1),
  ('default not seen', ledger_seen('b'), 0);

-- Ids and ledgers are texts as keys of the cache are.
INSERT INTO expect VALUES
  ('number', ledger_mark('import', 42), 1), ('its text', ledger_mark('import', '42'), 0), ('real', ledger_seen('import', 42.0), 1),
  ('empty', ledger_mark('', ''), 1), ('empty again', ledger_seen('', ''), 1),
  ('BLOB', ledger_mark('import', x'61'), 1), ('is not the text', ledger_seen('import', x'62'), 0), ('BLOB seen', ledger_seen('import', x'61'), 1),
  ('NUL', ledger_mark('import', 'n' || char(0) || '1'), 1), ('another', ledger_mark('import', 'n' || char(0) || '2'), 1),
  ('number as ledger', ledger_mark(7, 'a'), 1), ('its text as ledger', ledger_mark('7', 'a'), 0);
CREATE TEMP TABLE long AS SELECT hex(zeroblob(500000)) AS id;
INSERT INTO expect SELECT '1 MB', ledger_mark('import', id), 1 FROM long;
INSERT INTO expect SELECT '1 MB again', ledger_mark('import', id), 0 FROM long;
INSERT INTO expect SELECT '1 MB and a byte', ledger_seen('import', id || 'x'), 0 FROM long;
