-- unsafe use of kv_clock()
-- Opening a file must not stop the program's clock.
CREATE VIEW v AS SELECT kv_clock(5);
SELECT * FROM v;
