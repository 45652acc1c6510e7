-- lease_check: token must be a whole number; got 1.5
SELECT lease_check('a', 1.5);
