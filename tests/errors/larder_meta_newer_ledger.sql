-- ledger_mark: the larder_ tables in this database have version 99, this Larder knows version 2 and will not write to them
CREATE TABLE larder_meta(name TEXT PRIMARY KEY NOT NULL, value) WITHOUT ROWID;
INSERT INTO larder_meta VALUES ('schema', 99);
SELECT ledger_mark('a');
