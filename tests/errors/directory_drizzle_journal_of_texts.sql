-- migrate: m/meta/_journal.json: entry 0 has no 'tag' or no 'when'
.system mkdir -p m/meta && touch m/0000_a.sql
.output m/meta/_journal.json
.print '{"entries": ["0000_a"]}'
.output
SELECT migrate('m');
