"""What is asked of each store in Python, and how it is timed: the same as in ../c, and the same lines of JSON.

A store has get(key), which returns None for a miss, and set(key, value), which commits by itself; keys and values are str.
"""

import argparse
import json
import mmap
import os
import random
import signal
import statistics
import string
import sys
from pathlib import Path
from time import perf_counter_ns

NOT_INSTALLED = 77  # the exit code; the driver goes on without this peer

VALUE_SIZES = (100, 4096)
READS_PER_LOOK = 50  # some take about as long as looking at the clock
READS_PER_WRITE = 10  # in a round

CLIENTS = 8
KEYS_OF_THE_MIX = 2000
OPERATIONS_PER_SET = 10


class Rows:
    """Keys and values. Of four numbers one is stored, one is missing and two are fresh; no two values in a row are alike."""

    def __init__(self, count, value_size):
        def keys(*offsets):
            found = [f"user:{4 * i + offset:08}" for i in range(count) for offset in offsets]
            self.random.shuffle(found)
            return found

        self.random = random.Random(20240229)
        self.stored, self.fresh, self.missing = keys(0), keys(1, 3), keys(2)
        self.letters = "".join(self.random.choices(string.ascii_lowercase, k=2 * value_size))
        self.values = 0

    def value(self):
        self.values += 1
        size = len(self.letters) // 2
        return self.letters[self.values % size :][:size]


def emit(**line):
    print(json.dumps(line), flush=True)


def time_each(keys, per_look, operation):
    """Microseconds of one operation, for each group of `per_look` keys."""
    times = []
    for begin in range(0, len(keys) - per_look + 1, per_look):
        group = keys[begin : begin + per_look]
        began = perf_counter_ns()
        for key in group:
            operation(key)
        times.append((perf_counter_ns() - began) / 1000 / per_look)
    return times


def check(found, hit, key):
    if (found is not None) != hit:
        raise RuntimeError(f"wrong answer for {key}")


def measure_one_client(name, store, keys, rounds, value_size):
    rows = Rows(keys, value_size)

    def hit(key):
        check(store.get(key), True, key)

    def miss(key):
        check(store.get(key), False, key)

    def write(key):
        store.set(key, rows.value())

    for key in rows.stored:
        write(key)
    for key in rows.stored:
        hit(key)
    writes = keys // READS_PER_WRITE
    for number in range(rounds):
        os.sync()  # or this round would wait for what an earlier one wrote
        fresh, rows.fresh = rows.fresh[:writes], rows.fresh[writes:]
        for operation, drawn, per_look, function in (
            ("get", rows.random.choices(rows.stored, k=keys), READS_PER_LOOK, hit),
            ("miss", rows.random.choices(rows.missing, k=keys), READS_PER_LOOK, miss),
            ("set", rows.random.choices(rows.stored, k=writes), 1, write),
            ("new", fresh, 1, write),
        ):
            times = time_each(drawn, per_look, function)
            emit(workload=operation, name="one client", value_bytes=value_size, side=name, round=number,
                 median_us=statistics.median(times), mean_us=statistics.fmean(times))


def mix(store, rows, client, times):
    """Fills `times` with the milliseconds of as many sets. Each client draws other keys."""
    draw = random.Random(client)
    keys = rows.stored
    for i in range(len(times)):
        for _ in range(OPERATIONS_PER_SET - 1):
            store.get(draw.choice(keys))
        key, value = draw.choice(keys), rows.value()
        began = perf_counter_ns()
        store.set(key, value)
        times[i] = (perf_counter_ns() - began) / 1e6


def start_client(work):
    """Forks a child that stops itself when it is ready; returns its pid then."""
    child = os.fork()
    if child == 0:
        try:
            work(lambda: signal.raise_signal(signal.SIGSTOP))
            os._exit(0)
        except BaseException as error:
            print(f"{sys.argv[0]}: {error!r}", file=sys.stderr, flush=True)
            os._exit(1)
    _, status = os.waitpid(child, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        raise RuntimeError("a client failed")
    return child


def run_clients(work):
    """Runs work(client, ready) in a process each, all at once when all are ready; returns the seconds they took."""
    children = []
    try:
        for client in range(CLIENTS):
            children.append(start_client(lambda ready, client=client: work(client, ready)))
        began = perf_counter_ns()
        for child in children:
            os.kill(child, signal.SIGCONT)
        while children:
            if os.waitpid(children.pop(), 0)[1] != 0:
                raise RuntimeError("a client failed")
        return (perf_counter_ns() - began) / 1e9
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def measure_mix(name, open_store, keys, rounds):
    value_size = VALUE_SIZES[0]
    rows = Rows(KEYS_OF_THE_MIX, value_size)
    store = open_store()
    for key in rows.stored:
        store.set(key, rows.value())
    store.close()  # no library wants to be open across a fork()
    sets = max(1, keys // 40)
    shared = memoryview(mmap.mmap(-1, CLIENTS * sets * 8)).cast("d")

    def work(client, ready):
        store = open_store()
        ready()
        mix(store, rows, client, shared[client * sets : (client + 1) * sets])
        store.close()

    for number in range(rounds):
        os.sync()
        seconds = run_clients(work)
        times = sorted(shared)
        emit(workload="mix", name=f"90 % get, 10 % set, {CLIENTS} clients", value_bytes=value_size, side=name, round=number,
             seconds=seconds, p99_set_ms=times[len(times) * 99 // 100], longest_set_ms=times[-1])


def parse(description):
    """The options of all programs."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--place", required=True, help="a folder, or the server's socket")
    parser.add_argument("--larder", help="the path of the extension")
    parser.add_argument("--keys", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def run(name, open_store, *, most_keys=None, shared=True):
    """The whole program. open_store(options, path) opens the peer's store; `path` is new for each value size. A peer that
    cannot have many keys says how many; one that several processes cannot share is not asked to."""
    options = parse(f"Measures {name}.")
    keys = min(options.keys, most_keys or options.keys)

    def open_as(what):
        return open_store(options, str(Path(options.place) / f"{name} {what}"))

    for value_size in VALUE_SIZES:
        store = open_as(value_size)
        measure_one_client(name, store, keys, options.rounds, value_size)
        store.close()
    if shared:
        measure_mix(name, lambda: open_as("mix"), keys, options.rounds)


def not_installed(error):
    """Ends the program of a peer whose package is missing."""
    print(f"{Path(sys.argv[0]).name}: {error}", file=sys.stderr)
    sys.exit(NOT_INSTALLED)
