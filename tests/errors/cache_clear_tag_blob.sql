-- cache_clear_tag: tag must be a text that is not empty, or NULL; got a BLOB of 1 byte
SELECT cache_clear_tag(x'01');
