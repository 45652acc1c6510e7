-- What sql/README.md says in Traps of types and names.
INSERT INTO expect VALUES ('NFC', ledger_mark('names', char(233)), 1), ('and NFD', ledger_mark('names', 'e' || char(769)), 1);
SELECT cache_set('n', 3.0);
INSERT INTO expect VALUES ('3 is not 3.0', cache_cas('n', 3, 'x'), 0), ('what cache_get() returned is', cache_cas('n', cache_get('n'), 4.0), 1), ('and a CAST', cache_cas('n', CAST('4' AS REAL), 'x'), 1);
SELECT checkpoint_set('json', json_array(1, 9)), checkpoint_set('digits', printf('%010d:%010d', 1, 9));
INSERT INTO expect VALUES ('texts', checkpoint_advance('json', json_array(1, 10)), 0), ('the form that works', checkpoint_advance('digits', printf('%010d:%010d', 1, 10)), 1),
  ('in the other number, too', checkpoint_advance('digits', printf('%010d:%010d', 2, 0)), 1), ('and not back', checkpoint_advance('digits', printf('%010d:%010d', 1, 99)), 0);
