-- migrate_down: target must be 0 or more; got -1
SELECT migrate_down(-1);
