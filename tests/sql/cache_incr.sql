-- Counting. An absent counter starts at 0 and takes the ttl; one that is there keeps its deadline.
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('first', cache_incr('n'), 1);
INSERT INTO expect VALUES ('second', cache_incr('n'), 2);
INSERT INTO expect VALUES ('by more', cache_incr('n', 40), 42);
INSERT INTO expect VALUES ('by less', cache_incr('n', -50), -8);
INSERT INTO expect VALUES ('by nothing', cache_incr('n', 0), -8);
INSERT INTO expect VALUES ('stored', cache_get('n'), -8);

INSERT INTO expect VALUES ('with a ttl', cache_incr('window', 1, 60), 1);
SELECT kv_clock(1030);
INSERT INTO expect VALUES ('in the window', cache_incr('window', 1, 60), 2);
INSERT INTO expect VALUES ('which does not move', cache_ttl('window'), 30.0);
SELECT cache_incr('window', 1, 0), cache_incr('window', 1, NULL);
INSERT INTO expect VALUES ('whatever the ttl', cache_ttl('window'), 30.0);
SELECT kv_clock(1060);
INSERT INTO expect VALUES ('the next window', cache_incr('window', 1, 60), 1);
INSERT INTO expect VALUES ('has its own end', cache_ttl('window'), 60.0);

-- Integers stay integers until a real comes in.
INSERT INTO expect VALUES ('real', cache_incr('r', 0.5), 0.5);
INSERT INTO expect VALUES ('real and integer', cache_incr('r', 1), 1.5);
INSERT INTO expect VALUES ('integer and real', cache_incr('n', 0.0), -8.0);
INSERT INTO expect VALUES ('text of a number, as bindings send it', cache_incr('t', '5'), 5);
INSERT INTO expect VALUES ('text of a real', cache_incr('t', '0.5'), 5.5);
SELECT cache_set('max', 9223372036854775806);
INSERT INTO expect VALUES ('up to the largest', cache_incr('max'), 9223372036854775807);
INSERT INTO expect VALUES ('past it as a real', cache_incr('max', 1.0), 9223372036854775808.0);
INSERT INTO expect VALUES ('up to the largest real', cache_incr('real', 1.7e308), 1.7e308), ('and back', cache_incr('real', -1.7e308), 0.0);
