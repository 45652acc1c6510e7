-- kv_wait: inside a transaction or a statement that reads nothing new could be seen
BEGIN;
SELECT kv_wait(0);
