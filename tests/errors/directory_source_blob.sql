-- migrate_check: source must be the path of a directory, or NULL for what was declared; got a BLOB of 2 bytes
SELECT migrate_check(x'6d2f');
