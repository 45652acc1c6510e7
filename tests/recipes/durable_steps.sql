-- starts: 4 at once
-- Four starts at once go through the first orders together, or one after the other. tests/concurrency/recipes_test.py kills them.
INSERT INTO expect VALUES
  ('one order at least is through', (SELECT done BETWEEN 1 AND 4 FROM kv_progress WHERE ledger = 'orders'), 1),
  ('no invoice is there twice', (SELECT count(*) - count(DISTINCT order_id) FROM invoice), 0),
  ('as many invoices', (SELECT count(*) FROM invoice), (SELECT done FROM kv_progress WHERE ledger = 'orders')),
  ('and mails', (SELECT count(*) FROM mail), (SELECT done FROM kv_progress WHERE ledger = 'orders'));
-- A process that died behind its second step: who comes next goes on with the rate and the invoice that are there.
INSERT INTO orders(id, customer, dollars) VALUES (0, 'Ada', 100);
BEGIN IMMEDIATE;
SELECT ledger_mark('order 0', 'rate', 2.5);
INSERT INTO invoice(number, order_id, euros) VALUES (77, 0, 250);
SELECT ledger_mark('order 0', 'invoice', 77);
COMMIT;
.read durable_steps.sql
INSERT INTO expect VALUES
  ('its rate', ledger_result('order 0', 'rate'), 2.5),
  ('its invoice', (SELECT group_concat(number || ': ' || euros) FROM invoice WHERE order_id = 0), '77: 250.0'),
  ('the mail has both', (SELECT text FROM mail WHERE customer = 'Ada'), 'Invoice 77, at a rate of 2.5000'),
  ('it is through', ledger_seen('orders', 0), 1);
-- One that died behind its first.
INSERT INTO orders(id, customer, dollars) VALUES (-1, 'Bob', 10);
SELECT ledger_mark('order -1', 'rate', 0.5);
DROP TABLE temp.workflow;
DROP TABLE temp.answer;
.read durable_steps.sql
INSERT INTO expect VALUES ('an invoice at that rate', (SELECT group_concat(euros) FROM invoice WHERE order_id = -1), '5.0');
