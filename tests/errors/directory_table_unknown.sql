-- kv_migration: nowhere: cannot read the directory: No such file or directory
SELECT * FROM kv_migration('nowhere');
