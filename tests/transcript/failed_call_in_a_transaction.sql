-- Inside BEGIN, too, nothing of a failed call stays, and what a courtesy could not do is no failure.
.separator ,
INSERT INTO kv_migration(version, up) VALUES (1, ''), (2, ''), (3, '');
SELECT kv_clock(1000), cache_set('dead', 1, 1);
--> 1000.0,1
SELECT kv_clock(2000);
--> 2000.0
CREATE TRIGGER stop BEFORE INSERT ON larder_migration WHEN new.version = 3 BEGIN SELECT RAISE(ABORT, 'no third'); END;
CREATE TRIGGER keep BEFORE DELETE ON larder_cache BEGIN SELECT json('{bad'); END;
BEGIN;
SELECT migrate_baseline(3);
--> Error: migrate_baseline: no third (19)
SELECT cache_set('new', 1);
--> 1
COMMIT;
SELECT count(*), (SELECT user_version FROM pragma_user_version) FROM larder_migration;
--> 0,0
SELECT cache_get('new'), (SELECT count(*) FROM larder_cache);
--> 1,2
SELECT kv_sweep();
--> Error: kv_sweep: malformed JSON
