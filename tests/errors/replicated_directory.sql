-- migrate: this file is replicated, and each machine has its own m: declare the migrations
SELECT kv_config('replicated', 1);
SELECT kv_clock(1);
.shell mkdir m; echo 'CREATE TABLE a(x)' >m/1_a.sql
SELECT migrate('m');
