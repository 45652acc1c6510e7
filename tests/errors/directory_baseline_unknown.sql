-- migrate_baseline: no migration up to 3 is in m/
.system mkdir m && touch m/004_d.sql
SELECT migrate_baseline(3, 'm/');
