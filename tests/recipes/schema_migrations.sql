-- starts: 2
INSERT INTO expect VALUES
  ('user_version', (SELECT user_version FROM pragma_user_version), 3),
  ('the history holds each version once', (SELECT group_concat(version) FROM larder_migration), '1,2,3'),
  ('the table was rebuilt', (SELECT "notnull" FROM pragma_table_info('customer') WHERE name = 'address'), 1),
  ('its rows were kept', (SELECT group_concat(name || ': ' || address, ', ') FROM (SELECT * FROM customer ORDER BY id)),
    'Ada: 12 Main St, Grace: unknown'),
  ('and no order went with the old table', (SELECT count(*) FROM orders), 3),
  ('nothing refers to nothing', (SELECT count(*) FROM pragma_foreign_key_check), 0),
  ('no table of the rebuild is left', (SELECT count(*) FROM sqlite_schema WHERE name GLOB '*_customer'), 0);
