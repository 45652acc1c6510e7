-- cache_claim: ttl must be more than 0; got 0
SELECT cache_claim('a', 0);
