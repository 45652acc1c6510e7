-- kv_cache: it takes no argument
SELECT count(*) FROM kv_cache(5);
