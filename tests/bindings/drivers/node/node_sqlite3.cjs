// node-sqlite3, which calls back. It has no 64-bit integers: a BigInt would go as NULL, so that integers go as JavaScript's numbers here.
'use strict';
const sqlite3 = require('sqlite3');
const { LARDER, main } = require('./driver.cjs');

// The function's last argument is a callback that gets an error or an answer; `this` of the callback is what a statement is.
const wait = (object, name, ...given) => new Promise((resolve, reject) => {
  object[name](...given, (error, answer) => (error ? reject(error) : resolve(answer)));
});

const bound = (values) => values.map((value) => (typeof value === 'bigint' ? Number(value) : value));
const all = async (object, ...given) => (await wait(object, 'all', ...given)).map(Object.values);
const run = (db, { sql, values }) => all(db, sql, bound(values));

main({
  async open(path) {
    const db = await new Promise((resolve, reject) => {
      const opened = new sqlite3.Database(path, (error) => (error ? reject(error) : resolve(opened)));
    });
    await wait(db, 'loadExtension', LARDER);
    return db;
  },
  close: (db) => wait(db, 'close'),
  versions: () => [require('sqlite3/package.json').version, sqlite3.VERSION],
  run,
  async reuse(db, statements) {
    const compiled = db.prepare(statements[0].sql);
    const rows = [];
    for (const { values } of statements) rows.push(...await all(compiled, bound(values)));
    await wait(compiled, 'finalize');
    return rows;
  },
  async first(db, count, { sql, values }) {
    const compiled = db.prepare(sql, bound(values));
    const rows = [];
    while (rows.length < count) rows.push(Object.values(await wait(compiled, 'get')));
    await wait(compiled, 'finalize');
    return rows;
  },
  async atomic(db, end, statements) {
    await wait(db, 'exec', 'BEGIN IMMEDIATE');
    try {
      const rows = [];
      for (const one of statements) rows.push(...await run(db, one));
      await wait(db, 'exec', end);
      return rows;
    } catch (error) {
      await wait(db, 'exec', 'ROLLBACK');
      throw error;
    }
  },
});
