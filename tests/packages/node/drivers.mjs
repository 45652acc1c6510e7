// The drivers of SQLite, each as { open(file), one(db, sql, ...values), exec(db, sql) }. `one` is the first column of the first
// row.
const sync = {
  one: (db, sql, ...values) => Object.values(db.prepare(sql).get(...values))[0],
  exec: (db, sql) => db.exec(sql),
};

const later = (start) => new Promise((resolve, reject) => {
  start((error, result) => (error ? reject(error) : resolve(result)));
});

export const drivers = {
  async 'better-sqlite3'() {
    const { default: Database } = await import('better-sqlite3');
    return { ...sync, open: (file) => new Database(file) };
  },
  async 'node:sqlite'() {
    const { DatabaseSync } = await import('node:sqlite');
    return { ...sync, open: (file) => new DatabaseSync(file, { allowExtension: true }) };
  },
  async 'bun:sqlite'() {
    const { Database } = await import('bun:sqlite');
    return { ...sync, open: (file) => new Database(file) };
  },
  async sqlite3() {
    const { default: sqlite3 } = await import('sqlite3');
    return {
      open: (file) => new sqlite3.Database(file),
      one: async (db, sql, ...values) => Object.values(await later((done) => db.get(sql, values, done)))[0],
      exec: (db, sql) => later((done) => db.exec(sql, done)),
    };
  },
  async sqlite() {
    const [{ default: sqlite3 }, { open }] = await Promise.all([import('sqlite3'), import('sqlite')]);
    return {
      open: (filename) => open({ filename, driver: sqlite3.Database }),
      one: async (db, sql, ...values) => Object.values(await db.get(sql, ...values))[0],
      exec: (db, sql) => db.exec(sql),
    };
  },
};
