-- cache_claim: key must not be NULL
SELECT cache_claim(NULL, 5);
