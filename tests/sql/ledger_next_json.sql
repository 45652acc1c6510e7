-- What ledger_next() returns is valid JSON, whatever the payload.
CREATE TEMP TABLE sample(id, payload);
INSERT INTO sample VALUES ('NULL', NULL), ('integer', -9223372036854775807), ('zero', 0), ('real', 0.1), ('whole real', 5.0), ('large', 1.5e300), ('small', -2.5e-300),
  ('text', 'Grüße, 世界 😀'), ('empty', ''), ('quotes', 'a "quoted" \ and /'), ('JSON', '{"n":[1,null]}'),
  ('lines', 'a' || char(10) || 'b' || char(13) || char(9) || char(8) || char(12) || char(127)),
  ('control', (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 31) SELECT group_concat(char(i), '') FROM n)),
  ('id with "quotes" and \', 1), ('', 1), ('1 MB', hex(zeroblob(500000)));
INSERT INTO kv_ledger(ledger, id, payload) SELECT 'work', id, payload FROM sample;
CREATE TEMP TABLE got AS SELECT ledger_next('work', 60) AS job FROM sample;
INSERT INTO expect SELECT 'valid: ' || job, json_valid(job), 1 FROM got;
INSERT INTO expect SELECT 'payload: ' || id, (SELECT json_extract(job, '$.payload') FROM got WHERE json_extract(job, '$.id') = id), payload FROM sample;
INSERT INTO expect SELECT 'type: ' || id, (SELECT json_type(job, '$.payload') FROM got WHERE json_extract(job, '$.id') = id), replace(typeof(payload), 'NULL', 'null') FROM sample;

-- What JSON has no word for: infinity, an embedded NUL, bytes that are no text, bytes that are no UTF-8.
CREATE TEMP TABLE odd(id, payload, want);
INSERT INTO odd VALUES ('inf', 9e999, '9e999'), ('-inf', -9e999, '-9e999'), ('NUL', 'a' || char(0) || 'b', '"a\u0000b"'),
  ('BLOB', x'00ffAB', '"00FFAB"'), ('empty BLOB', x'', '""'), ('stray', CAST(x'6180' AS TEXT), '"a�"'), ('cut', CAST(x'61e282' AS TEXT), '"a��"'),
  ('overlong', CAST(x'c080' AS TEXT), '"��"'), ('surrogate', CAST(x'eda080' AS TEXT), '"���"'), ('beyond', CAST(x'f4908080' AS TEXT), '"����"'),
  ('the last', char(0x10ffff), '"' || char(0x10ffff) || '"'), (x'2261', 1, '1');
INSERT INTO kv_ledger(ledger, id, payload) SELECT 'odd', id, payload FROM odd;
DELETE FROM got;
INSERT INTO got SELECT ledger_next('odd', 60) FROM odd;
INSERT INTO expect SELECT 'odd: ' || quote(id), (SELECT count(*) FROM got WHERE substr(job, instr(job, '"payload":') + 10) = want || ',"attempt":1}'), 1 FROM odd WHERE want <> '"��"';
INSERT INTO expect VALUES ('two of these', (SELECT count(*) FROM got WHERE instr(job, '"payload":"��"')), 1), ('a BLOB id', (SELECT count(*) FROM got WHERE job GLOB '{"id":"2261",*'), 1),
  ('all valid', (SELECT count(*) FROM got WHERE json_valid(job)), 12);
