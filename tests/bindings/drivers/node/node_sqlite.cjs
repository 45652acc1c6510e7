// node:sqlite, of Node and of Deno.
'use strict';
const { DatabaseSync } = require('node:sqlite');
const { LARDER, main, synchronous } = require('./driver.cjs');

main(synchronous({
  open(path) {
    const db = new DatabaseSync(path, { allowExtension: true });
    db.loadExtension(LARDER);
    return db;
  },
  close: (db) => db.close(),
  versions() {
    const { version } = new DatabaseSync(':memory:').prepare('SELECT sqlite_version() AS version').get();
    return [globalThis.Deno ? Deno.version.deno : process.versions.node, version];
  },
  prepare(db, { sql }) {
    const compiled = db.prepare(sql);
    compiled.setReadBigInts(true);
    return {
      all: (values) => compiled.all(...values).map(Object.values),
      *iterate(values) {
        for (const row of compiled.iterate(...values)) yield Object.values(row);
      },
    };
  },
  // There is no function for a transaction.
  transaction(db, body) {
    db.exec('BEGIN IMMEDIATE');
    try {
      body();
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  },
}));
