-- The migrations that were declared in a replicated file (kv_config('replicated', 1)), also after they were applied. In any other file they
-- belong to the connection that declares them.
CREATE TABLE IF NOT EXISTS main.larder_declaration(
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  up TEXT NOT NULL,
  down TEXT
);
