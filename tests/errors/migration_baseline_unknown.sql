-- migrate_baseline: no migration up to 3 is declared
SELECT migrate_baseline(3);
