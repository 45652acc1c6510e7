-- no-transaction
DROP INDEX todos_done;
PRAGMA journal_mode = DELETE;
