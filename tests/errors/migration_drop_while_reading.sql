-- database table is locked; call it by itself, as SELECT ...; and not inside another statement that reads or writes (statement 1, nothing was applied)
CREATE TABLE a(x);
INSERT INTO a VALUES (1), (2);
INSERT INTO kv_migration(version, name, up) VALUES (1, 'drop', 'DROP TABLE a');
SELECT migrate() FROM a;
