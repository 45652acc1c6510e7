-- cache_clear_tag: tag must not be NULL
SELECT cache_clear_tag(NULL);
