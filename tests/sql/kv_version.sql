-- One version number, of three parts.
INSERT INTO expect VALUES ('three numbers', kv_version() GLOB '[0-9]*.[0-9]*.[0-9]*', 1), ('type', typeof(kv_version()), 'text');
CREATE TABLE made_with(version TEXT DEFAULT (kv_version()));
INSERT INTO made_with DEFAULT VALUES;
INSERT INTO expect VALUES ('in a DEFAULT', (SELECT version FROM made_with), kv_version());
