-- Calls in triggers: a cache that forgets what the table changed.
CREATE TABLE user(id INTEGER PRIMARY KEY, name);
CREATE TRIGGER user_changed AFTER UPDATE ON user BEGIN SELECT cache_del('user:' || new.id); END;
CREATE TRIGGER user_gone BEFORE DELETE ON user BEGIN SELECT cache_clear('user:' || old.id); SELECT ledger_mark('deleted', old.id); END;
CREATE TRIGGER user_new AFTER INSERT ON user BEGIN SELECT cache_set('user:' || new.id, new.name, 60), cache_incr('users'); END;
INSERT INTO user(name) VALUES ('Ada'), ('Grace'), ('Edsger');
INSERT INTO expect VALUES ('INSERT', cache_get('user:2'), 'Grace'), ('counted', cache_get('users'), 3);
UPDATE user SET name = 'Ada L.' WHERE id = 1;
INSERT INTO expect VALUES ('UPDATE', cache_has('user:1'), 0), ('only that one', cache_has('user:2'), 1);
BEGIN;
DELETE FROM user;
ROLLBACK;
INSERT INTO expect VALUES ('rolled back with it', cache_has('user:2'), 1), ('marks too', ledger_seen('deleted', 2), 0);
DELETE FROM user WHERE id = 3;
INSERT INTO expect VALUES ('DELETE', cache_has('user:3'), 0), ('marked', ledger_seen('deleted', 3), 1);
-- INSTEAD OF, and kv_cache itself in a trigger.
CREATE VIEW names AS SELECT name FROM user;
CREATE TRIGGER names_insert INSTEAD OF INSERT ON names BEGIN SELECT cache_set('name', new.name); END;
INSERT INTO names VALUES ('Alan');
INSERT INTO expect VALUES ('INSTEAD OF', cache_get('name'), 'Alan');
INSERT INTO expect VALUES ('last', (SELECT count(*) FROM user), 2);
