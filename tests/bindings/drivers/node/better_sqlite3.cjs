// better-sqlite3.
'use strict';
const Database = require('better-sqlite3');
const { version } = require('better-sqlite3/package.json');
const { LARDER, main, synchronous } = require('./driver.cjs');

main(synchronous({
  open(path) {
    const db = new Database(path);
    db.loadExtension(LARDER);
    return db;
  },
  close: (db) => db.close(),
  versions: () => [version, new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get()],
  prepare(db, { sql }) {
    const compiled = db.prepare(sql);
    if (!compiled.reader) return { all: (values) => { compiled.run(values); return []; } };
    compiled.raw().safeIntegers();
    return { all: (values) => compiled.all(values), iterate: (values) => compiled.iterate(values) };
  },
  transaction: (db, body) => db.transaction(body).immediate(),
}));
