// RUNTIME scenario.mjs DRIVER: what every driver must do alike. Prints "passed", or ends with an error.
import assert from 'node:assert/strict';
import process from 'node:process';
import { getLoadablePath, load } from 'sqlite-larder';
import { drivers } from './drivers.mjs';

const name = process.argv[2];
const { open, one, exec } = await drivers[name]();
const file = `${name.replace(':', '-')}.db`;

async function opened() {
  const db = await open(file);
  assert.equal(await load(db), db);
  return db;
}

const db = await opened();
assert.equal(await load(db, { path: getLoadablePath() }), db);

for (const value of ['text', '', 'na\u00efve \u{1f980}', 1.5, null, new Uint8Array([0, 255])]) {
  const got = await one(db, "SELECT cache_set('value', ?)", value);
  assert.deepEqual(value instanceof Uint8Array ? new Uint8Array(got) : got, value);
}
if (name !== 'sqlite3' && name !== 'sqlite') {
  assert.equal(await one(db, "SELECT typeof(cache_set('value', ?))", 42n), 'integer');
}
await one(db, 'SELECT cache_set(?, ?)', 42, 'answer');
assert.equal(await one(db, "SELECT cache_get('42')"), 'answer');
assert.equal(await one(db, 'SELECT value FROM kv_cache WHERE key = ?', 42), 'answer');

await exec(db, 'BEGIN IMMEDIATE');
assert.equal(await one(db, "SELECT ledger_mark('mails', ?)", 'user-7'), 1);
await exec(db, 'ROLLBACK');
assert.equal(await one(db, "SELECT ledger_mark('mails', ?)", 'user-7'), 1);
assert.equal(await one(db, "SELECT ledger_mark('mails', ?)", 'user-7'), 0);

await one(db, "SELECT ledger_add('letters', 'a', ?)", 'Dear Ada');
const job = JSON.parse(await one(db, "SELECT ledger_next('letters', '5m')"));
assert.equal(job.payload, 'Dear Ada');
assert.equal(await one(db, "SELECT ledger_done('letters', ?, ?)", job.id, job.token), 1);

await assert.rejects(async () => one(db, "SELECT cache_incr('hits', 'one')"), /cache_incr: delta must be a number; got 'one'/);

const other = await opened();
assert.equal(await one(other, "SELECT cache_get('42')"), 'answer');
assert.equal(await one(other, "SELECT count(*) FROM kv_check WHERE status <> 'ok'"), 0);
await other.close();
await db.close();
console.log('passed');
