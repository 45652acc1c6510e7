-- migrate: m/meta/_journal.json: it lists 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...', and there is no such file
-- A message stays short.
.system mkdir -p m/meta && touch m/0000_a.sql
.output m/meta/_journal.json
SELECT json_object('entries', json_array(json_object('when', 1, 'tag', replace(hex(zeroblob(50000)), '0', 'a'))));
.output
SELECT migrate('m');
