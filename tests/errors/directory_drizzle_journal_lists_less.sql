-- migrate: m/0001_b.sql: drizzle would not run it, as m/meta/_journal.json does not list it
.system mkdir -p m/meta && touch m/0000_a.sql m/0001_b.sql
.output m/meta/_journal.json
.print '{"version":"7","dialect":"sqlite","entries":[{"idx":0,"version":"6","when":1,"tag":"0000_a","breakpoints":true}]}'
.output
SELECT migrate('m');
