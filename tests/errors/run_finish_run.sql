-- run_finish: run must be a whole number; got a BLOB of 0 bytes
SELECT run_finish(x'');
