-- migrate: m: a name in it is not UTF-8
.system mkdir m && touch "$(printf 'm/1_\377 .sql')"
SELECT migrate('m');
