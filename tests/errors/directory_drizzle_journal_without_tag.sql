-- migrate: m/meta/_journal.json: entry 1 has no 'tag' or no 'when'
.system mkdir -p m/meta && touch m/0000_a.sql
.output m/meta/_journal.json
.print '{"entries": [{"tag": "0000_a", "when": 1}, {"when": 1}]}'
.output
SELECT migrate('m');
