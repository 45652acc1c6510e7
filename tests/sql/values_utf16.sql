-- A value is kept as it is in a UTF-16 file, too, even where it is no Unicode: half a surrogate pair.
.system echo ".load $LARDER" >load.sql
.open utf16.db
PRAGMA encoding = 'UTF-16le';
.read load.sql
CREATE TEMP TABLE expect(name, got, want);
CREATE TEMP TABLE odd AS SELECT CAST(x'610000d86200' AS TEXT) AS text;
INSERT INTO expect SELECT 'in a table', hex(CAST(text AS BLOB)), '610000D86200' FROM odd;
INSERT INTO expect SELECT 'set', hex(CAST(cache_set('k', text) AS BLOB)), '610000D86200' FROM odd;
INSERT INTO expect VALUES ('got', hex(CAST(cache_get('k') AS BLOB)), '610000D86200');
INSERT INTO expect SELECT 'compared', cache_cas('k', text, 'new'), 1 FROM odd;
SELECT ledger_add('l', 'x', text), ledger_mark('m', 'x', text) FROM odd;
INSERT INTO expect VALUES ('payload', (SELECT hex(CAST(payload AS BLOB)) FROM kv_ledger WHERE ledger = 'l'), '610000D86200'), ('result', (SELECT hex(CAST(result AS BLOB)) FROM kv_ledger WHERE ledger = 'm'), '610000D86200');
