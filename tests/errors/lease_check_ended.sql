-- lease_check: the lease 'a' with token 1 is lost: it ended 2500 ms ago
SELECT kv_clock(1000), lease_acquire('a', 5, 'Ada');
SELECT kv_clock(1007.5);
SELECT lease_check('a', 1);
