-- migrate_down: migration 2 (b) is not in the directory, and no script is taken from the file
.system mkdir m && touch m/001_a.up.sql m/001_a.down.sql m/002_b.up.sql m/002_b.down.sql
SELECT migrate('m');
.system rm m/002_*
SELECT migrate_down(0, 'm');
