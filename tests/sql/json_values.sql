-- JSON that a call is given comes out as the text that it is kept as: what answers now is what answers the next time.
CREATE TEMP VIEW through AS SELECT json_object('data', coalesce(cache_get('k'), cache_set('k', json('{"a":1}')))) AS answer;
INSERT INTO expect VALUES ('a miss', (SELECT answer FROM through), '{"data":"{\"a\":1}"}'), ('a hit', (SELECT answer FROM through), '{"data":"{\"a\":1}"}');
INSERT INTO expect VALUES ('checkpoint_set', json_array(checkpoint_set('c', json('[1]'))), '["[1]"]'), ('checkpoint_get', json_array(checkpoint_get('c')), '["[1]"]');
INSERT INTO expect VALUES ('a default', json_array(cache_get('nothing', json('[1]'))), '["[1]"]'), ('json() says what it is', json_array(json(cache_get('k'))), '[{"a":1}]');
