// Worker threads of one process that each open the same new file, load Larder and write, all at once; for node_workers_test.py.
// node node_workers.js LARDER FOLDER ROUNDS WORKERS: prints what failed, as JSON: {"load": [messages], "write": [messages]}.
'use strict';
const path = require('path');
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');
const Database = require('better-sqlite3');

// A barrier: returns when all workers have come to this round.
function meet(arrived, round, workers) {
  let there = Atomics.add(arrived, round, 1) + 1;
  if (there === workers) Atomics.notify(arrived, round);
  for (; there < workers; there = Atomics.load(arrived, round)) Atomics.wait(arrived, round, there);
}

function work({ larder, folder, rounds, workers, arrived }) {
  const failed = { load: [], write: [] };
  for (let round = 0; round < rounds; round++) {
    meet(arrived, round, workers);
    const db = new Database(path.join(folder, `${round}.db`), { timeout: 0 });
    let step = 'load';
    try {
      db.loadExtension(larder);
      step = 'write';
      db.prepare("SELECT cache_incr('n')").get();
    } catch (error) {
      failed[step].push(error.message);
    }
    db.close();
  }
  parentPort.postMessage(failed);
}

function main([larder, folder, rounds, workers]) {
  const arrived = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * rounds));
  const failed = { load: [], write: [] };
  let running = workers;
  for (let i = 0; i < workers; i++) {
    const worker = new Worker(__filename, { workerData: { larder, folder, rounds, workers, arrived } });
    worker.on('message', ({ load, write }) => {
      failed.load.push(...load);
      failed.write.push(...write);
      if (--running === 0) console.log(JSON.stringify(failed));
    });
  }
}

if (isMainThread) main([process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5])]);
else work(workerData);
