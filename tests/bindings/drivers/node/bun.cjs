// Bun's own bun:sqlite. With safeIntegers it takes and gives BigInts.
'use strict';
const { Database } = require('bun:sqlite');
const { LARDER, main, synchronous } = require('./driver.cjs');

main(synchronous({
  open(path) {
    const db = new Database(path, { safeIntegers: true });
    db.loadExtension(LARDER);
    return db;
  },
  close: (db) => db.close(),
  versions: () => [Bun.version, new Database(':memory:').query('SELECT sqlite_version()').values()[0][0]],
  prepare(db, { sql, hasRows }) {
    const compiled = db.prepare(sql);
    return {
      all: (values) => (hasRows ? compiled.values(...values) : (compiled.run(...values), [])),
      *iterate(values) {
        for (const row of compiled.iterate(...values)) yield Object.values(row);
      },
    };
  },
  transaction: (db, body) => db.transaction(body).immediate(),
}));
