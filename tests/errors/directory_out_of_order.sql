-- migrate: m/002_late.sql is out of order: 3 (m/003_c.sql) is already applied; give it a higher version, or migrate_baseline(2, directory) counts it as applied
.system mkdir m && touch m/001_a.sql m/003_c.sql
SELECT migrate('m');
.system touch m/002_late.sql
SELECT migrate('m');
