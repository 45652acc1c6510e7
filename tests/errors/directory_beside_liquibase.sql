-- migrate: m/001_a.sql may have been applied by Liquibase (DATABASECHANGELOG); migrate_baseline(version, directory) counts all up to that version as applied
-- Liquibase keeps ids and authors.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE DATABASECHANGELOG (ID VARCHAR(255) NOT NULL, AUTHOR VARCHAR(255) NOT NULL, FILENAME VARCHAR(255) NOT NULL, DATEEXECUTED TEXT NOT NULL,
  ORDEREXECUTED INTEGER NOT NULL, EXECTYPE VARCHAR(10) NOT NULL, MD5SUM VARCHAR(35), DESCRIPTION VARCHAR(255), COMMENTS VARCHAR(255), TAG VARCHAR(255),
  LIQUIBASE VARCHAR(20), CONTEXTS VARCHAR(255), LABELS VARCHAR(255), DEPLOYMENT_ID VARCHAR(10));
INSERT INTO DATABASECHANGELOG(id, author, filename, dateexecuted, orderexecuted, exectype) VALUES ('1', 'ada', 'changelog.sql', '2023-11-14', 1, 'EXECUTED');
SELECT migrate('m');
