-- migrate: foreign key mismatch - "child" referencing "p" (nothing was applied)
PRAGMA foreign_keys = OFF;
CREATE TABLE p(id);
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE child(p REFERENCES p(id)); INSERT INTO child VALUES (1)');
SELECT migrate();
