-- lease_release: token must be a whole number; got 'x'
SELECT lease_release('a', 'x');
