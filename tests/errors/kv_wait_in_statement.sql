-- kv_wait: inside a transaction or a statement that reads nothing new could be seen
SELECT kv_wait(0) FROM sqlite_schema UNION ALL SELECT kv_wait(0) FROM json_each('[1]');
