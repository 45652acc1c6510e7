-- lease_check: the lease 'a' with token 1 is lost: nobody holds it
SELECT kv_clock(1000), lease_acquire('a', 5, 'Ada');
SELECT kv_clock(1005), lease_acquire('a', 5, 'Bob'), lease_release('a', 2);
SELECT lease_check('a', 1);
