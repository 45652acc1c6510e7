-- lease_check: the lease 'a' with token 1 is lost: nobody holds it
SELECT lease_check('a', 1);
