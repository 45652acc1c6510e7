-- A database in memory is no worse for a journal that is there, too.
.open :memory:
.system echo ".load $LARDER" >load.sql
.read load.sql
CREATE TEMP TABLE expect(name, got, want);
INSERT INTO expect SELECT 'in memory', group_concat(name || ' ' || status || ' ' || message, '; '), 'journal_mode ok memory; synchronous ok FULL, and nothing is on a disk; file_system ok no file'
FROM kv_check WHERE name IN ('journal_mode', 'synchronous', 'file_system');
