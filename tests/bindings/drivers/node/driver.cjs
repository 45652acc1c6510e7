// What the drivers of JavaScript's bindings share; tests/bindings/checker/driver.py says what a driver does.
'use strict';
const readline = require('node:readline');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

const LARDER = process.env.LARDER;

// A number of a program goes as JavaScript's number (p); where the type matters, an INTEGER is a BigInt (i).
function decode(word) {
  const text = word.slice(1);
  switch (word[0]) {
    case 'n': return null;
    case 't': return Buffer.from(text, 'hex').toString();
    case 'b': return Buffer.from(text, 'hex');
    case 'i': return BigInt(text);
    default: return Number(text);
  }
}

// The drivers read INTEGERs as BigInts: what is a number has been a REAL.
function encode(value) {
  if (value === null) return 'n';
  if (typeof value === 'string') return 't' + Buffer.from(value).toString('hex');
  if (typeof value === 'bigint') return 'i' + value;
  if (typeof value === 'number') return 'r' + value;
  return 'b' + Buffer.from(value).toString('hex');
}

function statement(word) {
  const [kind, sql, ...values] = word.split(':');
  return { hasRows: kind === 'q', sql: decode(sql), values: values.map(decode) };
}

// Of a binding that does not wait: what it has besides open, close, prepare, transaction and versions. A compiled statement has
// all(values) and iterate(values), which give rows as arrays.
function synchronous(binding) {
  const run = (db, one) => binding.prepare(db, one).all(one.values);
  return {
    ...binding,
    run,
    reuse(db, statements) {
      const compiled = binding.prepare(db, statements[0]);
      return statements.flatMap(({ values }) => compiled.all(values));
    },
    first(db, count, one) {
      const rows = [];
      for (const row of binding.prepare(db, one).iterate(one.values)) {
        rows.push(row);
        if (rows.length === count) break;
      }
      return rows;
    },
    atomic(db, end, statements) {
      const undo = new Error('undo');
      let rows;
      try {
        binding.transaction(db, () => {
          rows = statements.flatMap((one) => run(db, one));
          if (end === 'rollback') throw undo;
        });
      } catch (error) {
        if (error !== undo) throw error;
      }
      return rows;
    },
  };
}

// What is asked of a driver: the words of a request. Each of the binding's functions may return a promise.
function requests(binding) {
  const opened = new Map();
  return {
    hello: async () => [await binding.versions()],
    open: async (name, path) => { opened.set(name, await binding.open(decode(path))); return []; },
    close: async (name) => { await binding.close(opened.get(name)); return []; },
    run: (name, word) => binding.run(opened.get(name), statement(word)),
    reuse: (name, ...words) => binding.reuse(opened.get(name), words.map(statement)),
    first: (name, count, word) => binding.first(opened.get(name), Number(count), statement(word)),
    atomic: (name, end, ...words) => binding.atomic(opened.get(name), end, words.map(statement)),
    pool: async (path, workers, ids) => {
      const marked = await Promise.all(Array.from({ length: Number(workers) }, () => startWorker(decode(path), Number(ids))));
      return [[BigInt(marked.reduce((sum, one) => sum + one, 0))]];
    },
  };
}

function startWorker(path, ids) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(require.main.filename, { workerData: { path, ids } });
    worker.on('message', resolve);
    worker.on('error', reject);
  });
}

async function work(binding, { path, ids }) {
  const db = await binding.open(path);
  let marked = 0;
  for (let i = 1; i <= ids; i++) {
    const [[isNew]] = await binding.run(db, { hasRows: true, sql: "SELECT ledger_mark('pool', ?)", values: [i] });
    marked += Number(isNew);
  }
  await binding.close(db);
  parentPort.postMessage(marked);
}

async function main(binding) {
  if (!isMainThread) return work(binding, workerData);
  const known = requests(binding);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [what, ...words] = line.split(' ');
    try {
      const rows = await known[what](...words);
      console.log(['ok', ...rows.map((row) => row.map(encode).join(':'))].join(' '));
    } catch (error) {
      console.log('error ' + encode(error.message));
    }
  }
}

module.exports = { LARDER, main, synchronous };
