-- A first write inside another statement cannot switch the file to WAL. The doctor says that it is still due, until somebody makes it.
CREATE TABLE item(id);
INSERT INTO expect SELECT 'a new file', status || ': ' || message, 'ok: delete; Larder''s first write switches to WAL' FROM kv_check WHERE name = 'journal_mode';
INSERT INTO item SELECT 1 WHERE ledger_mark('import', 1);
INSERT INTO expect SELECT 'due', status || ': ' || message,
  'warning: delete: readers and the writer block each other until the switch to WAL, which is still due; the next load makes it, or the next call that writes and stands alone'
FROM kv_check WHERE name = 'journal_mode';
INSERT INTO expect VALUES ('asking made nothing', (SELECT journal_mode FROM pragma_journal_mode), 'delete');
-- As the message says.
SELECT ledger_mark('import', 2);
INSERT INTO expect SELECT 'made', status || ': ' || message, 'ok: wal' FROM kv_check WHERE name = 'journal_mode';
-- Who puts the file back means it: nothing is due.
PRAGMA journal_mode = DELETE;
INSERT INTO expect SELECT 'by choice', status || ': ' || message,
  'warning: delete: readers and the writer block each other; PRAGMA journal_mode = WAL ends that' FROM kv_check WHERE name = 'journal_mode';
