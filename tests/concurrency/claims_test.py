#!/usr/bin/env python3
"""claims_test.py [SECONDS ITEMS]: eight processes share a queue and are killed with SIGKILL, again and again, for SECONDS; then the rest
is done undisturbed. Each item must have its effect exactly once. Then the same while the clock of every process (kv_clock) jumps
forward and back, so that leases end under workers that believe they hold them.

A short run is a test; `make soak` is the long one: 60 seconds, 20,000 items.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from larder_python import connect  # noqa: E402

WORKERS = 8
LEASE = 0.5  # seconds
JUMP = 20  # seconds, at most, forward or back

# No key keeps an effect from being there twice: that is the ledger's business. `handed` has one, because no token may be handed out
# twice for one item.
TABLES = """
CREATE TABLE effect(id TEXT NOT NULL, token INTEGER NOT NULL, attempt INTEGER, worker INTEGER);
CREATE TABLE handed(id TEXT NOT NULL, token INTEGER NOT NULL, PRIMARY KEY (id, token)) WITHOUT ROWID;
CREATE TABLE late(id TEXT NOT NULL, token INTEGER NOT NULL, accepted INTEGER NOT NULL);
CREATE TABLE pace(jumped REAL NOT NULL, pause REAL NOT NULL);
"""


class Worker:
    def __init__(self, path, jumps, items):
        self.connection = connect(path, isolation_level=None, timeout=5)
        self.pause, self.jumps, self.items = 0, jumps, items

    def value(self, sql, *parameters):
        row = self.connection.execute(sql, parameters).fetchone()
        return row and row[0]

    def keep_pace(self):
        jumped, self.pause = self.connection.execute("SELECT jumped, pause FROM pace").fetchone()
        if self.jumps:
            self.value("SELECT kv_clock(?)", time.time() + jumped)

    def work(self):
        time.sleep(random.uniform(0, self.pause))
        self.keep_pace()

    def claim(self):
        """What to do: mostly the next in line, one or several; else any one, by its id."""
        if random.random() < 0.2:
            return json.loads(self.value("SELECT ledger_next('items', ?, NULL, ?)", LEASE, random.randint(1, 5)))
        job = self.claim_one()
        return [job] if job else []

    def claim_one(self):
        """By itself, or with a record of its token in one transaction."""
        kind = random.random()
        if kind < 0.2:
            item = f"item {random.randint(1, self.items)}"
            token = self.value("SELECT ledger_claim('items', ?, ?)", item, LEASE)
            return {"id": item, "token": token, "attempt": None} if token else None
        if kind < 0.6:
            return json.loads(self.value("SELECT ledger_next('items', ?)", LEASE) or "null")
        self.value("BEGIN IMMEDIATE")
        job = json.loads(self.value("SELECT ledger_next('items', ?)", LEASE) or "null")
        if job:
            self.value("INSERT INTO handed(id, token) VALUES (?, ?)", job["id"], job["token"])
        self.value("COMMIT" if random.random() < 0.95 else "ROLLBACK")
        return job if job and self.value("SELECT 1 FROM handed WHERE id = ? AND token = ?", job["id"], job["token"]) else None

    def finish(self, job):
        """The effect and the ledger's word in one transaction; in one statement it would be one without BEGIN."""
        effect = "INSERT INTO effect(id, token, attempt, worker) SELECT ?1, ?2, ?3, ?4 WHERE ledger_done('items', ?1, ?2)"
        in_steps = random.random() < 0.5
        if in_steps:
            self.value("BEGIN IMMEDIATE")
        self.value(effect, job["id"], job["token"], job["attempt"], os.getpid())
        if in_steps:
            self.value("COMMIT")

    def handle(self, job):
        kind = random.random()
        self.work()
        if kind < 0.03:
            self.value("SELECT ledger_release('items', ?, ?, ?)", job["id"], job["token"], random.choice([None, 0.05]))
        elif kind < 0.05:
            self.value("SELECT ledger_fail('items', ?, ?, 'unlucky', ?)", job["id"], job["token"], random.choice([0, 0.05]))
        elif kind < 0.055 and not self.jumps:
            time.sleep(LEASE * 1.2)  # too late: must be refused, whoever has it now
            accepted = self.value("SELECT ledger_renew('items', ?1, ?2, 5) + ledger_done('items', ?1, ?2)", job["id"], job["token"])
            self.value("INSERT INTO late VALUES (?, ?, ?)", job["id"], job["token"], accepted)
        elif kind < 0.2:
            if self.value("SELECT ledger_renew('items', ?, ?, ?)", job["id"], job["token"], LEASE):
                self.work()
                self.finish(job)
        else:
            self.finish(job)

    def run(self):
        while True:
            self.keep_pace()
            jobs = self.claim()
            for job in jobs:
                self.handle(job)
            if not jobs and self.value("SELECT done = total FROM kv_progress WHERE ledger = 'items'"):
                return
            if not jobs:
                time.sleep(0.001)


class Pool:
    def __init__(self, path, arguments):
        self.path, self.arguments, self.kills = path, arguments, 0
        self.workers = [self.start() for _ in range(WORKERS)]

    def start(self):
        command = [sys.executable, os.path.abspath(__file__), "worker", self.path, *map(str, self.arguments)]
        return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)

    def reap(self, worker):
        """Waits for the worker's end. Anything it says is a failure, "database is locked" first of all."""
        _, said = worker.communicate()
        if said or worker.returncode not in (0, -signal.SIGKILL):
            for other in self.workers:
                other.kill()
            sys.exit(f"FAIL a worker ended with {worker.returncode}: {said}")
        return worker.returncode

    def kill_one(self):
        number = random.randrange(WORKERS)
        worker = self.workers[number]
        worker.send_signal(signal.SIGKILL)
        if self.reap(worker) == -signal.SIGKILL:
            self.kills += 1
        self.workers[number] = self.start()

    def finish(self):
        for worker in self.workers:
            self.reap(worker)


def disturb(pool, connection, seconds, jumps):
    """Kills, and moves the clocks, until the time is over. Returns how many items were done by then."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(random.uniform(0.02, 0.2))
        pool.kill_one()
        if jumps and random.random() < 0.5:
            connection.execute("UPDATE pace SET jumped = ?", (random.uniform(-JUMP, JUMP),))
    # From here on no lease of any clock is still to end, and no time is lost.
    connection.execute("UPDATE pace SET jumped = ?, pause = 0", (2 * JUMP,))
    return connection.execute("SELECT count(*) FROM effect").fetchone()[0]


def check(connection, items, jumps):
    def value(sql):
        return connection.execute(sql).fetchone()[0]

    yield "items by the ledger's count", value("SELECT done FROM kv_progress WHERE ledger = 'items'"), items
    yield "nothing else in the ledger", value("SELECT total FROM kv_progress WHERE ledger = 'items'"), items
    yield "effects", value("SELECT count(*) FROM effect"), items
    yield "items with an effect", value("SELECT count(DISTINCT id) FROM effect"), items
    yield "effects by the token that was accepted", value(
        "SELECT count(*) FROM effect JOIN larder_ledger AS l ON l.ledger = 'items' AND l.id = effect.id AND l.token = effect.token"), items
    yield "tokens that were recorded and are greater than the accepted one", value(
        "SELECT count(*) FROM handed JOIN effect USING (id) WHERE handed.token > effect.token"), 0
    yield "late ones that were accepted", value("SELECT count(*) FROM late WHERE accepted"), 0
    yield "some came late", value("SELECT count(*) > 0 FROM late"), 0 if jumps else 1
    yield "some needed several attempts", value("SELECT count(*) > 0 FROM larder_ledger WHERE attempts > 1"), 1
    yield "items left in an index", value(
        "SELECT count(*) FROM larder_ledger WHERE claimable_at IS NOT NULL OR in_line_since IS NOT NULL"), 0
    yield "integrity_check", value("PRAGMA integrity_check"), "ok"


def run(seconds, items, jumps):
    with tempfile.TemporaryDirectory(prefix="larder-claims-") as folder:
        path = os.path.join(folder, "claims.db")
        connection = connect(path, isolation_level=None)
        # The first write, by a function, switches the file to WAL; an INSERT could not.
        connection.execute("SELECT kv_config('ledger.max_attempts', NULL)").fetchone()
        connection.execute("SELECT kv_clock(?)", (time.time() - 2 * JUMP,)).fetchone()  # waiting under any clock
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO kv_ledger(ledger, id, payload, priority, claimable_at) "
            "SELECT 'items', 'item ' || i, i, i % 3, iif(i % 10, NULL, kv_clock() + i % 7) FROM n", (items,))
        connection.execute("SELECT kv_clock(NULL)").fetchone()
        # The queue outlasts the kills, by not much.
        connection.executescript(TABLES + f"INSERT INTO pace VALUES (0, {0.8 * seconds * WORKERS / items})")
        pool = Pool(path, (int(jumps), items))
        done = disturb(pool, connection, seconds, jumps)
        pool.finish()
        wrong = [f"{what}: {got}, not {want}" for what, got, want in check(connection, items, jumps) if got != want]
        attempts, late = connection.execute(
            "SELECT sum(attempts), (SELECT count(*) FROM late) FROM larder_ledger WHERE ledger = 'items'").fetchone()
        connection.close()
    print(f"{'jumping clocks: ' if jumps else ''}{items} items, {pool.kills} kills while {done} of them were done, "
          f"{attempts} attempts, {late} that came too late", flush=True)
    if wrong:
        sys.exit("FAIL " + "; ".join(wrong))
    if pool.kills < seconds * 3 or done < items / 10:
        sys.exit("FAIL that was no disturbance")


def main():
    if sys.argv[1:2] == ["worker"]:
        path, jumps, items = sys.argv[2:]
        return Worker(path, jumps == "1", int(items)).run()
    seconds, items = (float(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) == 3 else (6, 2000)
    for jumps in (False, True):
        run(seconds, items, jumps)


if __name__ == "__main__":
    main()
