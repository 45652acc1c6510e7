-- unsafe use of kv_wait()
CREATE VIEW v AS SELECT kv_wait(0);
SELECT * FROM v;
