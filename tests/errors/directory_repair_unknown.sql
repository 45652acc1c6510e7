-- migrate_repair: migration 1 is not in n/
.system mkdir m n && touch m/001_a.sql n/002_b.sql
SELECT migrate('m');
SELECT migrate_repair(1, 'n/');
