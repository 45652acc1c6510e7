-- Adding work in bulk, and removing rows, through the table.
SELECT kv_clock(1000);
INSERT INTO kv_ledger(ledger, id, payload) VALUES ('work', 'a', 1.5), ('work', 42, NULL), ('other', 'a', x'00'), ('work', x'61', 'blob id'), (x'01', 'n' || char(0), 1), (7, 'n', 1);
INSERT INTO expect VALUES
  ('they wait', (SELECT sum(pending) FROM kv_progress), 6), ('payload', (SELECT payload FROM kv_ledger WHERE ledger = 'work' AND id = 'a'), 1.5),
  ('number is text', (SELECT typeof(id) FROM kv_ledger WHERE id = '42'), 'text'), ('BLOB stays', (SELECT payload FROM kv_ledger WHERE id = x'61'), 'blob id');
SELECT ledger_mark('work', 'done', 'r'), ledger_claim('work', 'claimed', 60);

-- Known ids are in the way, in whatever state, unless the statement says what to do.
INSERT OR IGNORE INTO kv_ledger(ledger, id, payload) VALUES ('work', 'a', 'x'), ('work', 'done', 'x'), ('work', 'claimed', 'x'), ('work', 'new', 'x');
INSERT INTO expect VALUES ('ignored', (SELECT group_concat(id) FROM kv_ledger WHERE payload = 'x'), 'new'), ('still done', ledger_seen('work', 'done'), 1);
INSERT OR REPLACE INTO kv_ledger(ledger, id, payload) VALUES ('work', 'done', 'again'), ('work', 'claimed', 'again'), ('work', 'newer', 'again');
INSERT INTO expect VALUES ('replaced', (SELECT count(*) FROM kv_ledger WHERE status = 'pending' AND payload = 'again' AND result IS NULL AND done_at IS NULL AND attempts = 0), 3),
  ('who had it has lost it', ledger_done('work', 'claimed', 1), 0);
SELECT ledger_mark('work', 'short', NULL, 5);
SELECT kv_clock(1005);
INSERT INTO kv_ledger(ledger, id) VALUES ('work', 'short');
INSERT INTO expect VALUES ('what is forgotten is not', (SELECT status FROM kv_ledger WHERE id = 'short'), 'pending');
CREATE TEMP TABLE returned AS SELECT 1 AS id WHERE 0;
INSERT INTO kv_ledger(ledger, id) VALUES ('returned', 'r') RETURNING ledger || id;

-- DELETE is for any row.
DELETE FROM kv_ledger WHERE ledger = 'work' AND payload = 'again';
INSERT INTO expect VALUES ('deleted', (SELECT count(*) FROM kv_ledger WHERE payload = 'again'), 0), ('so it is new', ledger_add('work', 'done'), 1);
DELETE FROM kv_ledger WHERE id = x'61';
DELETE FROM kv_ledger WHERE ledger = x'01' AND id = 'n' || char(0);
DELETE FROM kv_ledger WHERE ledger = '7';
INSERT INTO expect VALUES ('what is left', (SELECT group_concat(ledger || ' ' || id) FROM kv_ledger), 'other a,returned r,work 42,work a,work done,work new,work short');
INSERT INTO kv_ledger(ledger, id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT 'bulk', i FROM n;
DELETE FROM kv_ledger WHERE ledger = 'bulk' AND id % 3 = 0;
INSERT INTO expect VALUES ('a third', (SELECT count(*) FROM larder_ledger WHERE ledger = 'bulk'), 2000);
BEGIN;
DELETE FROM kv_ledger;
ROLLBACK;
INSERT INTO expect VALUES ('rolled back', (SELECT count(*) FROM larder_ledger), 2007);
DELETE FROM kv_ledger;
INSERT INTO expect VALUES ('all', (SELECT count(*) FROM larder_ledger), 0);
-- The columns are those that SELECT * shows.
INSERT INTO expect VALUES ('sixteen', (SELECT count(*) FROM pragma_table_info('kv_ledger')), 16);
-- A row that changes while it is read comes once.
INSERT INTO kv_ledger(ledger, id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT 'scan', i FROM n;
INSERT INTO expect VALUES ('claimed', (SELECT count(ledger_claim(ledger, id, 60)) FROM kv_ledger), 500);
CREATE TEMP TABLE scanned AS SELECT id, ledger_done(ledger, id, token, zeroblob(id * 3)) AS done FROM kv_ledger;
INSERT INTO expect VALUES ('each once', (SELECT count(*) || ' ' || count(DISTINCT id) || ' ' || sum(done) FROM scanned), '500 500 500');
