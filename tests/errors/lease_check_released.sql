-- lease_check: the lease 'a' with token 1 is lost: it was released
SELECT lease_acquire('a', 5, 'Ada'), lease_release('a', 1);
SELECT lease_check('a', 1);
