-- migrate: m/001_a.sql may have been applied by Django (django_migrations); migrate_baseline(version, directory) counts all up to that version as applied
-- Django keeps the names of programs, by app.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO django_migrations(app, name, applied) VALUES ('auth', '0001_initial', '2023-11-14 22:13:20');
SELECT migrate('m');
