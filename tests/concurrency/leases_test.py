#!/usr/bin/env python3
"""Leases, runs and claims among real processes, some of which are killed. Where a lease must end, the clock says so and nobody sleeps."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from larder_python import connect  # noqa: E402


def obey(path):
    """A process that runs the statements it is sent, and answers each with its first value."""
    connection = connect(path, isolation_level=None)
    for line in sys.stdin:
        try:
            answer = {"value": connection.execute(json.loads(line)).fetchone()[0]}
        except sqlite3.Error as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


def guard(path, me):
    """Takes the lease again and again and writes while it holds it, until it is killed or told to stop by a closed pipe."""
    connection = connect(path, isolation_level=None)
    chance = random.Random(me)
    print("ready", flush=True)
    while True:
        token = connection.execute("SELECT lease_acquire('the one', '50ms', ?)", (str(me),)).fetchone()[0]
        if token is None:
            continue
        for n in range(chance.randrange(20)):
            if chance.random() < 0.02:
                time.sleep(0.06)  # held up for longer than its lease
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.execute("INSERT INTO log(token, owner) SELECT ?, ? WHERE lease_check('the one', ?)", (token, me, token))
                connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if "is lost" not in str(error):
                    raise
                connection.execute("ROLLBACK")
                break
            if n % 5 == 4:
                connection.execute("SELECT lease_renew('the one', ?, '50ms')", (token,))
        else:
            if chance.random() < 0.5:
                connection.execute("SELECT lease_release('the one', ?)", (token,))


class Process:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([sys.executable, __file__, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def send(self, sql):
        self.process.stdin.write(json.dumps(sql) + "\n")
        self.process.stdin.flush()

    def answer(self):
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer["value"]

    def ask(self, sql):
        self.send(sql)
        return self.answer()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        return self.end()

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait()


class Processes(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "test.db")
        self.processes = []

    def tearDown(self):
        for process in self.processes:
            process.kill()
        self.folder.cleanup()

    def start(self, count, *arguments):
        self.processes += [Process(*arguments) for _ in range(count)]

    def ask_all(self, sql):
        """All of them at once; the answers in order."""
        for process in self.processes:
            process.send(sql)
        return [process.answer() for process in self.processes]

    def winner(self, sql, loser):
        """The one process that gets something else than `loser`, and what it gets."""
        answers = self.ask_all(sql)
        winners = [i for i, answer in enumerate(answers) if answer != loser]
        self.assertEqual(len(winners), 1, answers)
        return self.processes[winners[0]], answers[winners[0]]

    def kill(self, process):
        self.processes.remove(process)
        self.assertEqual(process.kill(), -signal.SIGKILL)

    def test_sixteen_processes_miss_the_same_key(self):
        self.start(16, "obey", self.path)
        for moment in range(1000, 1100, 10):  # ten times
            self.ask_all(f"SELECT kv_clock({moment})")
            # Those before were killed at work, and their claims have just ended.
            first, _ = self.winner("SELECT coalesce(cache_get('k'), cache_claim('k', 10))", 0)
            self.assertEqual(sum(self.ask_all("SELECT cache_claim('k', 10)")), 0)
            if moment < 1090:
                self.kill(first)
        first.ask("SELECT cache_set('k', 'value', 5)")
        self.assertEqual(set(self.ask_all("SELECT cache_get('k')")), {"value"})
        self.ask_all("SELECT kv_clock(1095)")
        self.winner("SELECT cache_claim('k', 10)", 0)
        self.assertEqual(set(self.ask_all("SELECT cache_stale('k')")), {"value"})

    def test_a_cron_whose_runs_overlap(self):
        self.start(8, "obey", self.path)
        crashed = []
        for moment in range(1000, 1300, 60):  # five times
            self.ask_all(f"SELECT kv_clock({moment})")
            first, run = self.winner("SELECT run_start('job', 60)", None)
            self.assertEqual(first.ask(f"SELECT run_tick({run}, 5)"), 1)
            self.assertEqual(set(self.ask_all("SELECT run_start('job', 60)")), {None})
            self.assertEqual(sum(self.ask_all(f"SELECT run_tick({old})")[0] for old in crashed), 0)
            self.kill(first)
            crashed.append(run)
        survivor = self.processes[0]
        self.assertEqual(survivor.ask("SELECT group_concat(status) FROM kv_run"), "crashed,crashed,crashed,crashed,running")
        survivor.ask("SELECT kv_clock(1300)")
        run = survivor.ask("SELECT run_start('job', 60)")
        self.assertEqual(survivor.ask(f"SELECT run_finish({run})"), 1)
        self.assertEqual(survivor.ask("SELECT count(*) FILTER (WHERE status = 'crashed') || sum(done) FROM kv_run"), "525")

    def test_a_lease_of_a_process_that_is_killed(self):
        self.start(8, "obey", self.path)
        tokens = []
        for moment in range(1000, 1100, 20):
            self.ask_all(f"SELECT kv_clock({moment})")
            first, token = self.winner("SELECT lease_acquire('l', 20)", None)
            tokens.append(token)
            if moment % 40:
                first.ask(f"SELECT lease_release('l', {token}), kv_sweep()")
                tokens.append(self.processes[0].ask("SELECT lease_acquire('l', 20)"))
                first = self.processes[0]
            self.kill(first)
        self.assertEqual(tokens, sorted(set(tokens)))

    def test_writes_under_a_lease_with_random_kills(self):
        writer = connect(self.path, isolation_level=None)
        writer.execute("CREATE TABLE log(n INTEGER PRIMARY KEY, token INTEGER NOT NULL, owner INTEGER NOT NULL)")
        writer.execute("SELECT lease_acquire('another', 1)")
        chance = random.Random(7)
        number = 0
        end = time.monotonic() + float(os.environ.get("LARDER_SOAK_SECONDS", "5"))
        while time.monotonic() < end:
            while len(self.processes) < 5:
                number += 1
                self.start(1, "guard", self.path, number)
                self.assertEqual(self.processes[-1].process.stdout.readline(), "ready\n")
            writer.execute("SELECT kv_sweep()")
            victim = chance.choice(self.processes)
            self.assertIsNone(victim.process.poll(), "a process gave up")
            self.kill(victim)
        log = writer.execute("SELECT token, owner FROM log ORDER BY n").fetchall()
        tokens = [token for token, _ in log]
        self.assertGreater(len(set(tokens)), 5)
        self.assertEqual(tokens, sorted(tokens), "a stale token has won")
        self.assertEqual(len(set(log)), len(set(tokens)), "two processes had the same token")
        self.assertEqual(writer.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        writer.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["obey"]:
        obey(sys.argv[2])
    elif sys.argv[1:2] == ["guard"]:
        guard(sys.argv[2], int(sys.argv[3]))
    else:
        unittest.main()
