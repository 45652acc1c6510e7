-- A workflow of several steps that goes on after a crash where it was. Each step's result is stored under the step's name, in the
-- transaction of its effect: a step that is done is not done again, and whoever comes later goes on with the result it had.
--
--   while sqlite3 -cmd '.load /path/to/larder' orders.db < durable_steps.sql; do sleep 1; done
--
-- One start takes one order through its steps. Kill it at any moment, or start it twice at once: each order gets one rate, one invoice
-- and one mail. (Starts side by side go through the same order together. To share orders out, claim them: work_queue.sql.)
.bail on

-- Before anything else: starts side by side wait in a fair way.
SELECT kv_busy_timeout(5000);

INSERT INTO kv_migration(version, name, up) VALUES
  (1, 'orders', 'CREATE TABLE orders(id INTEGER PRIMARY KEY, customer TEXT NOT NULL, dollars REAL NOT NULL);
                 CREATE TABLE invoice(number INTEGER PRIMARY KEY, order_id INTEGER NOT NULL, euros REAL NOT NULL);
                 CREATE TABLE mail(customer TEXT NOT NULL, text TEXT NOT NULL)'),
  (2, 'sample orders', 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
                        INSERT INTO orders(customer, dollars) SELECT ''customer '' || i, i * 1.5 FROM n');
SELECT migrate();

-- The first order that is not through. A workflow is a ledger of its own, and the steps are its ids.
CREATE TEMP TABLE workflow(name, order_id, customer, dollars);
INSERT INTO temp.workflow
SELECT 'order ' || id, id, customer, dollars FROM orders WHERE NOT ledger_seen('orders', id) ORDER BY id LIMIT 1;

-- 1. A step that asks somebody outside, where no lock is held. The answer is another one each time, so from here on nobody uses the one
--    he got, but the one that was stored first. A crash before the mark asks again: what must not be asked twice takes the workflow's
--    name along, so that the other side can recognize it.
CREATE TEMP TABLE answer(rate);
INSERT INTO temp.answer
SELECT 0.85 + abs(random() % 1000) / 10000.0 FROM temp.workflow WHERE NOT ledger_seen(name, 'rate');
BEGIN IMMEDIATE;
SELECT ledger_mark(name, 'rate', rate) FROM temp.workflow, temp.answer;
COMMIT;

-- 2. A step whose result is what its effect gave: here the number of the invoice. BEGIN IMMEDIATE keeps others out between look and mark.
BEGIN IMMEDIATE;
INSERT INTO invoice(order_id, euros)
SELECT order_id, round(dollars * ledger_result(name, 'rate'), 2) FROM temp.workflow WHERE NOT ledger_seen(name, 'invoice');
SELECT ledger_mark(name, 'invoice', (SELECT number FROM invoice WHERE invoice.order_id = workflow.order_id)) FROM temp.workflow;
COMMIT;

-- 3. A step whose result is known before, or that has none: the mark in the INSERT is enough. It is also the last one, so in the same
--    transaction the order is through.
BEGIN IMMEDIATE;
INSERT INTO mail(customer, text)
SELECT customer, printf('Invoice %d, at a rate of %.4f', ledger_result(name, 'invoice'), ledger_result(name, 'rate'))
FROM temp.workflow WHERE ledger_mark(name, 'mail');
SELECT ledger_mark('orders', order_id) FROM temp.workflow;
COMMIT;

-- How far it is. The steps of what is through can go one day with ledger_forget('order 1'), but not at once: another start may be in the
-- middle of that order still, and would do its steps again.
SELECT id AS step, result FROM kv_ledger WHERE ledger = (SELECT name FROM temp.workflow) ORDER BY done_at, token;
SELECT ledger, done, (SELECT count(*) FROM orders) AS orders FROM kv_progress WHERE ledger = 'orders';
