-- A user's own tables of the names kv_… win; Larder's functions do not notice.
CREATE TABLE kv_cache(key, mine);
CREATE TABLE kv_ledger(mine);
CREATE TABLE kv_migration(mine);
CREATE TABLE kv_hook(mine);
CREATE TABLE kv_checkpoint(mine);
CREATE TABLE kv_progress(mine);
CREATE TABLE kv_stats(mine);
CREATE TABLE kv_help(mine);
INSERT INTO kv_cache VALUES ('a', 'mine');
INSERT INTO kv_ledger VALUES ('l');
INSERT INTO kv_hook VALUES ('h');
SELECT kv_clock(1000);
SELECT cache_set('a', 1, 60), ledger_mark('a'), checkpoint_set('a', 1);
SELECT cache_get('a'), cache_incr('n'), cache_incr('n'), kv_sweep();
INSERT INTO expect VALUES
  ('kv_cache', (SELECT mine FROM kv_cache), 'mine'), ('kv_ledger', (SELECT mine FROM kv_ledger), 'l'), ('kv_hook', (SELECT mine FROM kv_hook), 'h'),
  ('cache', cache_get('a'), 1), ('count', cache_get('n'), 2), ('ledger', ledger_seen('a'), 1), ('checkpoint', checkpoint_get('a'), 1);
DROP TABLE kv_cache;
DROP TABLE IF EXISTS kv_ledger;
DROP TABLE kv_hook;
INSERT INTO expect VALUES ('Larder''s again', (SELECT count(*) FROM kv_cache), 2), ('and the ledger', (SELECT id FROM kv_ledger), 'a');
SELECT cache_set('after', 1);
INSERT INTO expect VALUES ('after', cache_get('after'), 1);
