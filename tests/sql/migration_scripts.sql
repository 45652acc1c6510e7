-- Scripts as people write them: each of these is one migration, applied to its end.
CREATE TABLE log(entry);

INSERT INTO kv_migration(version, name, up) VALUES (1, 'triggers with semicolons', '
CREATE TABLE item(id INTEGER PRIMARY KEY, state TEXT DEFAULT ''new; not old'');
CREATE TRIGGER item_log AFTER INSERT ON item BEGIN
  INSERT INTO log VALUES (''insert; '' || CASE WHEN new.id > 1 THEN ''many'' ELSE ''one'' END);
  -- a comment; with a semicolon
  UPDATE item SET state = ''END;'' WHERE id = new.id;
END;
create temp trigger item_gone after delete on item begin
  insert into log select case when 1 then ''gone'' end; insert into log values (''end'');
end ;
INSERT INTO item(id) VALUES (1);
DELETE FROM item;');

INSERT INTO kv_migration(version, name, up) VALUES (2, 'comments and quotes', '-- first; a comment
/* BEGIN; COMMIT; */ CREATE TABLE "odd; name"([a;b], `c;d` TEXT DEFAULT ''it''''s; fine''); /* open ; */
;;; -- nothing
INSERT INTO "odd; name"([a;b]) VALUES (x''3b'')');

INSERT INTO kv_migration(version, name, up) VALUES (3, 'no last semicolon', 'INSERT INTO log VALUES (''last'')');
INSERT INTO kv_migration(version, name, up) VALUES (4, 'a comment at the end', 'INSERT INTO log VALUES (''4''); -- the end');
INSERT INTO kv_migration(version, name, up) VALUES (5, 'an open comment at the end', 'INSERT INTO log VALUES (''5''); /* the end');
INSERT INTO kv_migration(version, name, up) VALUES (6, 'empty', '');
INSERT INTO kv_migration(version, name, up) VALUES (7, 'blank', ' ; ' || char(9) || '-- nothing' || char(10) || ';');
INSERT INTO kv_migration(version, name, up)
VALUES (8, 'CRLF', replace('INSERT INTO log' || char(10) || '-- why' || char(10) || 'VALUES (''8'');' || char(10), char(10), char(13, 10)));
INSERT INTO kv_migration(version, name, up) VALUES (9, 'a byte order mark', char(65279) || 'INSERT INTO log VALUES (''9'');');
INSERT INTO kv_migration(version, name, up) VALUES (10, 'rows are read to the end', 'SELECT 1 UNION SELECT 2; INSERT INTO log VALUES (''10'')');
INSERT INTO kv_migration(version, name, up) VALUES (11, 'returning',
  'WITH n(x) AS (SELECT ''11'' UNION SELECT ''11b'') INSERT INTO log SELECT x FROM n RETURNING entry');
INSERT INTO kv_migration(version, name, up) VALUES (12, 'Grüße', 'CREATE TABLE "Größe"("ü;" TEXT)');

SELECT migrate();
INSERT INTO expect SELECT 'what ran', group_concat(entry), 'insert; one,gone,end,last,4,5,8,9,10,11,11b' FROM log;
INSERT INTO expect SELECT 'quoted names', count(*), 1 FROM "odd; name" WHERE [a;b] = x'3b' AND `c;d` = 'it''s; fine';
INSERT INTO expect SELECT 'names', name, 'ü;' FROM pragma_table_info('Größe');
INSERT INTO expect SELECT 'the trigger is whole', count(*), 1 FROM sqlite_schema
WHERE name = 'item_log' AND sql GLOB '*UPDATE item SET state = ''END;''*END';
INSERT INTO expect SELECT 'all applied', count(*), 12 FROM kv_migration WHERE state = 'applied';
