-- kv_expiry: its columns hide all names of the rowid
CREATE TABLE t(rowid TEXT, _rowid_ TEXT, oid TEXT, at);
INSERT INTO kv_expiry VALUES ('t', 'at', 60, 's');
