-- A re-run answers as the first run did, with the same type and bytes.
CREATE TEMP TABLE sample(id, result);
INSERT INTO sample VALUES ('NULL', NULL), ('integer', 9223372036854775807), ('real', 1.0), ('Inf', 9e999), ('text', 'Grüße'), ('empty', ''),
  ('number as text', '042'), ('NUL', 'a' || char(0) || 'b'), ('blob', x'00ff'), ('empty blob', x''), ('1 MB', zeroblob(1000000)),
  ('JSON', '{"status":200}');
SELECT ledger_mark('import', id, result) FROM sample;
INSERT INTO expect SELECT id, ledger_result('import', id), result FROM sample;
INSERT INTO expect SELECT id || ', bytes', hex(ledger_result('import', id)), hex(result) FROM sample;
INSERT INTO expect SELECT id || ', table', (SELECT l.result FROM kv_ledger AS l WHERE l.ledger = 'import' AND l.id = s.id), result FROM sample AS s;
