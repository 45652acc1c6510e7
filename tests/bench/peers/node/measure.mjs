// What is asked of each store in Node, and how it is timed: the same as in ../c, and the same lines of JSON.
//
// A store has get(key), which answers undefined for a miss, set(key, value), which commits by itself, and close(); all of them
// are asynchronous. Keys and values are strings.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

export const NOT_INSTALLED = 77; // the exit code; the driver goes on without this peer

const VALUE_SIZES = [100, 4096];
const READS_PER_LOOK = 50; // some take about as long as looking at the clock
const READS_PER_WRITE = 10; // in a round

const CLIENTS = 8;
const KEYS_OF_THE_MIX = 2000;
const OPERATIONS_PER_SET = 10;

// https://en.wikipedia.org/wiki/Lehmer_random_number_generator: Math.random() cannot be seeded.
class Random {
  constructor(seed) {
    this.state = seed;
  }
  below(limit) {
    this.state = (this.state * 48271) % 2147483647;
    return this.state % limit;
  }
  choose(list) {
    return list[this.below(list.length)];
  }
  chooseMany(list, count) {
    return Array.from({ length: count }, () => this.choose(list));
  }
  shuffle(list) {
    for (let i = list.length - 1; i > 0; --i) {
      const j = this.below(i + 1);
      [list[i], list[j]] = [list[j], list[i]];
    }
    return list;
  }
}

// Of four numbers one is stored, one is missing and two are fresh; no two values in a row are alike.
class Rows {
  constructor(count, valueSize) {
    this.random = new Random(20240229);
    const keys = (...offsets) =>
      this.random.shuffle(
        Array.from({ length: count }, (_, i) => offsets.map((o) => `user:${String(4 * i + o).padStart(8, '0')}`)).flat(),
      );
    this.stored = keys(0);
    this.fresh = keys(1, 3);
    this.missing = keys(2);
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    this.letters = this.random.chooseMany(letters, 2 * valueSize).join('');
    this.values = 0;
  }
  value() {
    const size = this.letters.length / 2;
    const begin = ++this.values % size;
    return this.letters.slice(begin, begin + size);
  }
}

function emit(line) {
  console.log(JSON.stringify(line));
}

// Microseconds of one operation, for each group of `perLook` keys.
async function timeEach(keys, perLook, operation) {
  const times = [];
  for (let begin = 0; begin + perLook <= keys.length; begin += perLook) {
    const began = performance.now();
    for (let i = begin; i < begin + perLook; ++i) await operation(keys[i]);
    times.push(((performance.now() - began) * 1000) / perLook);
  }
  return times;
}

const sorted = (numbers) => numbers.toSorted((a, b) => a - b);

async function measureOneClient(name, store, options, valueSize) {
  const rows = new Rows(options.keys, valueSize);
  const expect = (hit) => async (key) => {
    if (((await store.get(key)) !== undefined) !== hit) throw new Error(`wrong answer for ${key}`);
  };
  const write = (key) => store.set(key, rows.value());
  for (const key of rows.stored) await write(key);
  for (const key of rows.stored) await expect(true)(key);
  const writes = Math.floor(options.keys / READS_PER_WRITE);
  for (let round = 0; round < options.rounds; ++round) {
    const operations = {
      get: [rows.random.chooseMany(rows.stored, options.keys), READS_PER_LOOK, expect(true)],
      miss: [rows.random.chooseMany(rows.missing, options.keys), READS_PER_LOOK, expect(false)],
      set: [rows.random.chooseMany(rows.stored, writes), 1, write],
      new: [rows.fresh.splice(0, writes), 1, write],
    };
    for (const [workload, operation] of Object.entries(operations)) {
      const times = await timeEach(...operation);
      const mean_us = times.reduce((sum, time) => sum + time) / times.length;
      const median_us = sorted(times)[Math.floor(times.length / 2)];
      emit({ workload, name: 'one client', value_bytes: valueSize, side: name, round, median_us, mean_us });
    }
  }
}

// One client of the mix, in a process of its own: says when it is ready, waits to be told to begin, answers with the
// milliseconds of its sets, and ends when its parent has read them or is gone.
async function beClient(openStore, client, sets) {
  const rows = new Rows(KEYS_OF_THE_MIX, VALUE_SIZES[0]);
  const random = new Random(client + 1);
  const store = await openStore();
  process.send('ready');
  await once(process, 'message');
  const times = [];
  while (times.length < sets) {
    for (let i = 1; i < OPERATIONS_PER_SET; ++i) await store.get(random.choose(rows.stored));
    const began = performance.now();
    await store.set(random.choose(rows.stored), rows.value());
    times.push(performance.now() - began);
  }
  await store.close();
  process.send(times);
  await once(process, 'disconnect'); // the parent could hear of the exit before it gets the message
}

// The next message of a client; rejects if it ends without one.
async function messageOf(child) {
  const ended = once(child, 'exit').then(() => {
    throw new Error('a client failed');
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
}

async function runClients(sets) {
  const children = [];
  try {
    for (let client = 0; client < CLIENTS; ++client) {
      children.push(fork(process.argv[1], [...process.argv.slice(2), '--client', client, '--sets', sets]));
      await messageOf(children.at(-1));
    }
    const began = performance.now();
    const answers = children.map(messageOf);
    for (const child of children) child.send('begin');
    const times = (await Promise.all(answers)).flat();
    return [(performance.now() - began) / 1000, sorted(times)];
  } finally {
    for (const child of children) if (child.connected) child.disconnect();
  }
}

async function measureMix(name, openStore, options) {
  const rows = new Rows(KEYS_OF_THE_MIX, VALUE_SIZES[0]);
  const store = await openStore();
  for (const key of rows.stored) await store.set(key, rows.value());
  await store.close();
  const sets = Math.max(1, Math.floor(options.keys / 40));
  for (let round = 0; round < options.rounds; ++round) {
    const [seconds, times] = await runClients(sets);
    emit({
      workload: 'mix', name: `90 % get, 10 % set, ${CLIENTS} clients`, value_bytes: VALUE_SIZES[0], side: name, round, seconds,
      p99_set_ms: times[Math.floor((times.length * 99) / 100)], longest_set_ms: times.at(-1),
    });
  }
}

// What the driver, or a client's parent, wants.
export function parseOptions() {
  const { values } = parseArgs({
    options: Object.fromEntries(
      ['place', 'larder', 'keys', 'rounds', 'modules', 'client', 'sets'].map((name) => [name, { type: 'string' }]),
    ),
  });
  if (!values.place) throw new Error('--place FOLDER is missing');
  return { ...values, keys: Number(values.keys ?? 20000), rounds: Number(values.rounds ?? 5) };
}

// The whole program. openStore(path) opens the peer's store; `path` is new for each value size.
export async function run(name, options, openStore) {
  const openAs = (what) => openStore(path.join(options.place, `${name} ${what}`));
  if (options.client !== undefined) {
    await beClient(() => openAs('mix'), Number(options.client), Number(options.sets));
    return;
  }
  for (const valueSize of VALUE_SIZES) {
    const store = await openAs(valueSize);
    await measureOneClient(name, store, options, valueSize);
    await store.close();
  }
  await measureMix(name, () => openAs('mix'), options);
}
