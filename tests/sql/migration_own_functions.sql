-- Scripts may use Larder: a cache invalidated by a trigger, a ledger filled from an old table of what was done.
CREATE TABLE old_done(id);
INSERT INTO old_done VALUES ('a'), ('b');
INSERT INTO kv_migration(version, up) VALUES
  (1, 'SELECT sum(ledger_mark(''import'', id)) FROM old_done; SELECT cache_set(''made by'', ''a migration'')'),
  (2, 'CREATE TABLE item(id INTEGER PRIMARY KEY, name);
       CREATE TRIGGER item_changed AFTER UPDATE ON item BEGIN SELECT cache_del(''item:'' || new.id); END;
       SELECT checkpoint_set(''import'', 2), kv_config(''cache.default_ttl'', ''1h'')');
SELECT migrate();
INSERT INTO expect SELECT 'ledger', count(*), 2 FROM kv_ledger WHERE ledger = 'import';
INSERT INTO expect VALUES ('cache', cache_get('made by'), 'a migration');
INSERT INTO expect VALUES ('checkpoint', checkpoint_get('import'), 2);
INSERT INTO item VALUES (1, 'x');
SELECT cache_set('item:1', 'x');
UPDATE item SET name = 'y';
INSERT INTO expect VALUES ('invalidated', cache_has('item:1'), 0);
