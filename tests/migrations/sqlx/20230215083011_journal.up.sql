-- no-transaction
PRAGMA journal_mode = WAL;
CREATE INDEX IF NOT EXISTS todos_done ON todos(done);
