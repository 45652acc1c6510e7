-- add, replace, cas and del: what they find decides whether they act.
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('replace nothing', cache_replace('a', 1), 0);
INSERT INTO expect VALUES ('add', cache_add('a', 1, 10), 1);
INSERT INTO expect VALUES ('add again', cache_add('a', 2, 99), 0);
INSERT INTO expect VALUES ('first value stays', cache_get('a'), 1);
INSERT INTO expect VALUES ('first deadline stays', cache_ttl('a'), 10.0);
INSERT INTO expect VALUES ('replace', cache_replace('a', 3, 20), 1);
INSERT INTO expect VALUES ('new value', cache_get('a'), 3);
INSERT INTO expect VALUES ('new deadline', cache_ttl('a'), 20.0);

-- A stored NULL is there.
SELECT cache_set('null', NULL);
INSERT INTO expect VALUES ('has', cache_has('null'), 1);
INSERT INTO expect VALUES ('get with a default', cache_get('null', 'default'), NULL);
INSERT INTO expect VALUES ('add', cache_add('null', 1), 0);
INSERT INTO expect VALUES ('cas of NULL', cache_cas('null', NULL, 1), 1);
INSERT INTO expect VALUES ('a missing key is not even NULL', cache_cas('missing', NULL, 1), 0);
INSERT INTO expect VALUES ('nothing was stored', cache_has('missing'), 0);
INSERT INTO expect VALUES ('nor is it for del', cache_del('missing', NULL), 0);

-- Type and value must be the same.
SELECT cache_set('n', 1, 10), cache_set('t', 'one'), cache_set('b', x'6f6e65');
INSERT INTO expect VALUES ('number is not its text', cache_cas('n', '1', 2), 0);
INSERT INTO expect VALUES ('text is not a blob', cache_cas('t', x'6f6e65', 2), 0);
INSERT INTO expect VALUES ('blob is not a text', cache_cas('b', 'one', 2), 0);
INSERT INTO expect VALUES ('case matters', cache_cas('t', 'ONE', 2), 0);
INSERT INTO expect VALUES ('a value is not NULL', cache_cas('n', NULL, 2), 0);
INSERT INTO expect VALUES ('nothing changed', cache_get('n'), 1);
INSERT INTO expect VALUES ('nor the deadline', cache_ttl('n'), 10.0);
INSERT INTO expect VALUES ('swap', cache_cas('n', 1, 2, 30), 1);
INSERT INTO expect VALUES ('swapped', cache_get('n'), 2);
INSERT INTO expect VALUES ('with its deadline', cache_ttl('n'), 30.0);
INSERT INTO expect VALUES ('only once', cache_cas('n', 1, 3), 0);

INSERT INTO expect VALUES ('del of another value', cache_del('n', 1), 0);
INSERT INTO expect VALUES ('del of another type', cache_del('n', '2'), 0);
INSERT INTO expect VALUES ('del with NULL expected', cache_del('n', NULL), 0);
INSERT INTO expect VALUES ('del of this value', cache_del('n', 2), 1);
INSERT INTO expect VALUES ('del again', cache_del('n', 2), 0);
INSERT INTO expect VALUES ('del whatever it is', cache_del('t'), 1);
INSERT INTO expect VALUES ('del of nothing', cache_del('t'), 0);
SELECT cache_set('null', NULL);
INSERT INTO expect VALUES ('del of NULL', cache_del('null', NULL), 1);

SELECT cache_set('p', 'v');
INSERT INTO expect VALUES ('pop', cache_pop('p', 'default'), 'v');
INSERT INTO expect VALUES ('pop again', cache_pop('p', 'default'), 'default');
INSERT INTO expect VALUES ('pop without default', cache_pop('p'), NULL);
SELECT cache_set('p', NULL);
INSERT INTO expect VALUES ('pop of NULL', cache_pop('p', 'default'), NULL);
INSERT INTO expect VALUES ('is gone', cache_has('p'), 0);
