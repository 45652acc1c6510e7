-- migrate_down: m/001_a.sql has no down script
.system mkdir m && touch m/001_a.sql
SELECT migrate('m');
SELECT migrate_down(0, 'm');
