-- What is no migration is left alone: hidden names, other files, folders that hold none. Symbolic links are followed, as
-- Kubernetes hands out its files.
.system mkdir -p m/..2024_05_01 m/archive m/2019 && cd m && touch .hidden.sql ._001_a.sql README 001_notes.txt 001_a.sql.bak 001_a.sql~ doc.go 00001_a_test.go
.system cd m && echo 'CREATE TABLE a(x)' >..2024_05_01/001_a.sql && ln -s ..2024_05_01 ..data && ln -s ..data/001_a.sql 001_a.sql
.system echo 'CREATE TABLE never(x)' >m/archive/002_old.sql; ln -s nowhere m/dangling
INSERT INTO expect SELECT 'one', group_concat(source), 'm/001_a.sql' FROM kv_migration('m');
SELECT migrate('m');
INSERT INTO expect SELECT 'applied', user_version, 1 FROM pragma_user_version;
INSERT INTO expect SELECT 'not from subfolders', count(*), 0 FROM sqlite_schema WHERE name = 'never';

-- Among folders, too.
.system mkdir -p f/001_a f/.git f/helpers && echo 'CREATE TABLE fa(x)' >f/001_a/up.sql && touch f/README.md f/001_a/notes.txt f/helpers/tool.py && ln -s ../m f/elsewhere
INSERT INTO expect SELECT 'folders', group_concat(source), 'f/001_a/up.sql' FROM kv_migration('f') WHERE source GLOB 'f/*';
-- The current directory, and an absolute path.
.system mkdir here && cd here && echo 'CREATE TABLE h(x)' >1_h.sql
.cd here
INSERT INTO expect SELECT 'here', group_concat(source), './1_h.sql' FROM kv_migration('.') WHERE source GLOB '.*';
