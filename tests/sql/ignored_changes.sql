-- A trigger ignores changes of Larder's tables: who is told whether something has changed is told no, and nothing has.
SELECT cache_set('k', 'old', NULL, 't'), checkpoint_set('c', 1);
CREATE TRIGGER keep_row BEFORE UPDATE ON larder_cache BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER keep_out BEFORE INSERT ON larder_cache WHEN new.key = 'new' BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER keep_entry BEFORE DELETE ON larder_cache BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER keep_checkpoint BEFORE UPDATE ON larder_checkpoint BEGIN SELECT RAISE(IGNORE); END;
INSERT INTO expect VALUES
  ('replace', cache_replace('k', 'new'), 0), ('cas', cache_cas('k', 'old', 'new'), 0), ('touch', cache_touch('k', 60), 0), ('add', cache_add('new', 1), 0),
  ('claim', cache_claim('new', 60), 0), ('del', cache_del('k'), 0), ('pop', cache_pop('k'), NULL), ('pop or', cache_pop('k', 'default'), 'default'),
  ('advance', checkpoint_advance('c', 2), 0);
SELECT cache_set('k', 'new'), cache_set('new', 1);
INSERT INTO kv_cache(key, value) VALUES ('new', 1);
UPDATE kv_cache SET value = 'new';
INSERT INTO expect SELECT 'as it was', json_group_array(key || ' ' || value || ' ' || tag), '["k old t"]' FROM kv_cache;
INSERT INTO expect VALUES ('of the hot cache, too', cache_get('k'), 'old'), ('the checkpoint', checkpoint_get('c'), 1);

-- A deadline that a trigger ignores takes no value away.
INSERT INTO expect VALUES ('touched', cache_get('k', NULL, 60), 'old');

-- Where the fence stays down, a row with a token stays, too: its tokens would be given out a second time.
SELECT kv_clock(1000), ledger_claim('q', 'held', 60), ledger_mark('q', 'marked');
CREATE TRIGGER keep_fence BEFORE INSERT ON larder_meta BEGIN SELECT RAISE(IGNORE); END;
DELETE FROM kv_ledger WHERE ledger = 'q';
INSERT INTO expect SELECT 'is there', group_concat(id), 'held' FROM larder_ledger WHERE ledger = 'q';
INSERT INTO expect VALUES ('forget', ledger_forget('q', 'held'), 0);
DROP TRIGGER keep_fence;
INSERT INTO expect VALUES ('forget', ledger_forget('q', 'held'), 1);
