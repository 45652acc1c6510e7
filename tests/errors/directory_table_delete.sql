-- kv_migration: only what is declared on this connection can be deleted
.shell cp -r "$LARDER_MIGRATIONS/plain" migrations
DELETE FROM kv_migration WHERE directory = 'migrations' AND version = 1;
