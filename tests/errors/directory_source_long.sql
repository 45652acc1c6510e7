-- migrate: source is too long for a path; got 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'
SELECT migrate(printf('%.*c', 1000000, 'x'));
