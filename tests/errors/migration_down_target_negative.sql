-- migrate_down: target must be -1 or more; got -2
SELECT migrate_down(-2);
