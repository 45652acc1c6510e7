// RUNTIME traps.mjs DRIVER: what the page's table of traps says of a driver, as JSON.
import process from 'node:process';
import { load } from 'sqlite-larder';
import { drivers } from './drivers.mjs';

const { open, one, exec } = await drivers[process.argv[2]]();
const db = load(await open(':memory:'));
exec(db, 'CREATE TABLE t(x); INSERT INTO t VALUES (1), (2), (3)');

// How many of three rows are marked.
function marked(ledger, mark) {
  mark(`SELECT ledger_mark('${ledger}', x) FROM t`);
  return one(db, 'SELECT count(*) FROM kv_ledger WHERE ledger = ?', ledger);
}

function attempt(what) {
  try {
    return String(what());
  } catch {
    return 'error';
  }
}

console.log(JSON.stringify({
  get: marked('get', (sql) => db.prepare(sql).get()),
  run: marked('run', (sql) => db.prepare(sql).run()),
  exec: marked('exec', (sql) => db.exec(sql)),
  all: marked('all', (sql) => db.prepare(sql).all()),
  iterate: marked('iterate', (sql) => { for (const _ of db.prepare(sql).iterate()) break; }),
  insert: marked('insert', (sql) => db.prepare(`INSERT INTO kv_answer ${sql}`).run()),
  whole: one(db, 'SELECT typeof(?)', 42),
  bigint: one(db, 'SELECT typeof(?)', 42n),
  large: attempt(() => one(db, 'SELECT 9007199254740993')),
  date: attempt(() => one(db, 'SELECT typeof(?)', new Date(0))),
  blob: one(db, "SELECT cache_set('k', 'v'), ?", 0) && one(db, 'SELECT cache_get(?)', new TextEncoder().encode('k')),
}));
