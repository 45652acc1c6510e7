-- starts: 4 at once
INSERT INTO expect VALUES
  ('each request once', (SELECT count(*) FROM transfer), 300),
  ('and no other', (SELECT count(DISTINCT key) FROM transfer), 300),
  ('the sum of what was asked for', (SELECT sum(amount) FROM transfer), 45150),
  ('the accounts agree', (SELECT group_concat(name || ' ' || CAST(balance AS INTEGER)) FROM account), 'Ada 54850,Grace 45150'),
  ('the answers are there', (SELECT count(*) FROM kv_ledger WHERE ledger = 'transfers' AND json_extract(result, '$.status') = 'ok'), 300),
  ('a second one is told the same', ledger_result('transfers', 'request-299'), '{"status":"ok","amount":300}'),
  ('a later one finds it done', ledger_claim('transfers', 'request-299', 60), 0);
