-- migrate: test.sql: cannot read the directory: Not a directory
.system touch test.sql
SELECT migrate('test.sql');
