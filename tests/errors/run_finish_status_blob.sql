-- run_finish: status must be text; got a BLOB of 8 bytes
SELECT run_finish(run_start('j', 60), x'66696e6973686564');
