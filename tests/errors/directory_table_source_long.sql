-- source is too long for a path; got 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'
SELECT * FROM kv_migration(printf('%.*c', 1000000, 'x'));
