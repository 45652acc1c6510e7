-- cache_set: tag must be a text that is not empty, or NULL; got ''
SELECT cache_set('a', 1, 60, '');
