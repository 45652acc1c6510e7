-- migrate: m/meta/_journal.json: it lists '0001_b', and there is no such file
.system mkdir -p m/meta && touch m/0000_a.sql
.output m/meta/_journal.json
.print '{"version":"7","dialect":"sqlite","entries":[{"idx":0,"version":"6","when":1,"tag":"0000_a","breakpoints":true},{"idx":1,"version":"6","when":2,"tag":"0001_b","breakpoints":true}]}'
.output
SELECT migrate('m');
