-- unsafe use of kv_busy_timeout()
-- A file must not change how long a program waits.
CREATE VIEW v AS SELECT kv_busy_timeout(0);
SELECT * FROM v;
