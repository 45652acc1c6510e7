-- migrate: m/meta/_journal.json: it is no journal of drizzle's: it has no list 'entries'
.system mkdir -p m/meta && touch m/0000_a.sql
.output m/meta/_journal.json
.print '{"entries": {}}'
.output
SELECT migrate('m');
