-- cache_replace: tag must be a text that is not empty, or NULL; got ''
SELECT cache_replace('a', 1, 60, '');
