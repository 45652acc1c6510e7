-- drizzle-kit begins with 0000, parts statements by a comment, and keeps a journal in a folder beside.
.system mkdir -p m/meta
.output m/meta/_journal.json
.print '{"version":"7","dialect":"sqlite","entries":[{"idx":0,"version":"6","when":1700000000000,"tag":"0000_swift_fox","breakpoints":true},{"idx":1,"version":"6","when":1700000100000,"tag":"0001_slow_owl","breakpoints":true}]}'
.output
.system printf 'CREATE TABLE \140a\140 (\140id\140 integer PRIMARY KEY NOT NULL);\n--> statement-breakpoint\nCREATE TABLE \140b\140 (\140id\140 integer);\n' >m/0000_swift_fox.sql
.system printf 'PRAGMA foreign_keys=OFF;--> statement-breakpoint\nDROP TABLE \140b\140;--> statement-breakpoint\nPRAGMA foreign_keys=ON;' >m/0001_slow_owl.sql
SELECT migrate('m');
INSERT INTO expect SELECT 'it ran', group_concat(name), 'a' FROM sqlite_schema WHERE name IN ('a', 'b');
INSERT INTO expect VALUES ('nothing is left', migrate_check('m'), 1);
