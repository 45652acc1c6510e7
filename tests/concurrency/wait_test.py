#!/usr/bin/env python3
"""wait_test.py [TIMES]: a worker waits by kv_wait() for jobs that another process adds at random moments, also just when the worker has
found nothing and is not yet waiting. No wake-up may be missed. In WAL mode, and again in another journal mode, where the file is read.

A short run is a test, and says nothing of time. `wait_test.py 10000` by hand is the long one; it prints the median from the commit
to the return of kv_wait(), and how much of a core a worker takes that waits.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from larder_python import connect  # noqa: E402

LONG = 20  # seconds: who waits so long has missed what it waited for
LATEST = 0.008  # seconds between a job that is done and the next


def value(connection, sql, *parameters):
    return connection.execute(sql, parameters).fetchone()[0]


def add_jobs(path, times):
    """The other process. A line of its input is a job that is done."""
    connection = connect(path, isolation_level=None, timeout=5)
    random.seed(times)
    for i in range(times):
        time.sleep(random.choice((0, random.uniform(0, 0.0005), random.uniform(0, LATEST))))
        value(connection, "SELECT ledger_add('jobs', ?, ?)", f"job {i}", str(time.monotonic()))
        if not sys.stdin.readline():
            return


def work(connection, times, adder):
    """Returns how long it took to be woken each time, and how often nothing woke it."""
    delays, missed = [], 0
    for _ in range(times):
        was_woken = False
        while not (job := json.loads(value(connection, "SELECT ledger_next('jobs', '1h')") or "null")):
            was_woken = value(connection, "SELECT kv_wait(?)", LONG) == 1
            woken = time.monotonic()
            missed += not was_woken
        if was_woken:
            delays.append(woken - float(job["payload"]))
        assert value(connection, "SELECT ledger_done('jobs', ?, ?)", job["id"], job["token"]) == 1
        adder.stdin.write("done\n")
        adder.stdin.flush()
    return delays, missed


def only_looks(times):
    """A worker that only waits, and never long, sees one commit after the other: looking takes none away. Returns how many it missed."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "db")
        connection = connect(path, isolation_level=None, timeout=5)
        value(connection, "SELECT checkpoint_set('tables', 'are there')")
        adder = subprocess.Popen([sys.executable, __file__, path, str(times)], stdin=subprocess.PIPE, text=True)
        for _ in range(times):
            end = time.monotonic() + LONG
            while value(connection, "SELECT kv_wait(0)") == 0 and time.monotonic() < end:
                pass
            missed += time.monotonic() >= end
            adder.stdin.write("done\n")
            adder.stdin.flush()
            if missed:
                break
        adder.kill()
        adder.wait()
    print(f"only looking: {missed} missed")
    return missed


def share_of_a_core(connection, seconds):
    while value(connection, "SELECT kv_wait(0)"):
        pass
    before = time.process_time()
    assert value(connection, "SELECT kv_wait(?)", seconds) == 0
    return (time.process_time() - before) / seconds


def run(mode, times):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "db")
        connection = connect(path, isolation_level=None, timeout=5)
        value(connection, "SELECT checkpoint_set('tables', 'are there')")
        assert value(connection, f"PRAGMA journal_mode = {mode}") == mode
        adder = subprocess.Popen([sys.executable, __file__, path, str(times)], stdin=subprocess.PIPE, text=True)
        delays, missed = work(connection, times, adder)
        adder.stdin.close()
        assert adder.wait() == 0
        share = share_of_a_core(connection, 0.5 if times < 1000 else 10)
        print(f"{mode}: {len(delays)} wake-ups of {times}, {missed} missed, {statistics.median(delays) * 1000:.1f} ms in the median, "
              f"{share:.2%} of a core while waiting")
        return missed


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    sys.exit(1 if run("wal", times) + run("delete", times // 5) + only_looks(times) else 0)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        add_jobs(sys.argv[1], int(sys.argv[2]))
    else:
        main()
