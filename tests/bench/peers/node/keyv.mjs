// keyv over SQLite, with a write-ahead log: its default, a rollback journal, takes several times as long to set.
//
//   node keyv.mjs --modules build/bench-node --place FOLDER [--keys N] [--rounds N]
import { createRequire } from 'node:module';
import path from 'node:path';
import { NOT_INSTALLED, parseOptions, run } from './measure.mjs';

const TTL = 3_600_000; // ms

const options = parseOptions();

// The packages are not beside the sources.
function load(name) {
  try {
    return createRequire(path.resolve(options.modules ?? '.', 'package.json'))(name);
  } catch (error) {
    console.error(`keyv.mjs: ${error.message.split('\n')[0]}`);
    process.exit(NOT_INSTALLED);
  }
}

const { Keyv } = load('keyv');
const { KeyvSqlite } = load('@keyv/sqlite');

async function open(file) {
  const store = new KeyvSqlite({ uri: `sqlite://${file}`, busyTimeout: 5000 });
  await store.query('PRAGMA journal_mode = WAL');
  await store.query('PRAGMA synchronous = NORMAL');
  const keyv = new Keyv({ store, ttl: TTL, throwOnErrors: true });
  return { get: (key) => keyv.get(key), set: (key, value) => keyv.set(key, value), close: () => keyv.disconnect() };
}

await run('keyv-sqlite, Node', options, open);
