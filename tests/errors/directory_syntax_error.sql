-- migrate: m/003_state.sql:7: near "INDX": syntax error (statement 2, nothing was applied)
-- only where sqlite_version() >= '3.38'
.system mkdir m && printf 'CREATE TABLE item(id);\n' >m/001_item.sql
.system printf -- '-- What an item is.\n\nINSERT INTO item VALUES (1);\n\nCREATE\n  UNIQUE\n  INDX item_id ON item(id);\n' >m/003_state.sql
SELECT migrate('m');
