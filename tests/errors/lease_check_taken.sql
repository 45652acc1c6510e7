-- lease_check: the lease 'a' with token 1 is lost: 'Bob' holds it
SELECT kv_clock(1000), lease_acquire('a', 5, 'Ada');
SELECT kv_clock(1005), lease_acquire('a', 5, 'Bob');
SELECT lease_check('a', 1);
