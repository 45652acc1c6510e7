#!/usr/bin/env python3
"""rate_take() against its definition, in exact fractions, and among real processes.

    rates_test.py [TAKES]    how often each process takes something: 40

The definition is the token bucket: a bucket holds `limit` units at most, gains limit / period a second, and a take needs its cost in it. So
in any window of w seconds, both ends included, at most limit + limit * w / period units are taken.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
import unittest
from fractions import Fraction

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from larder_python import connect  # noqa: E402

TAKES = int(sys.argv[1]) if len(sys.argv) == 2 else 40
PROCESSES = 8
THOROUGH = "LARDER_THOROUGH" in os.environ
START = 1_700_000_000_000  # in milliseconds


class Bucket:
    """The definition."""

    def __init__(self, limit, period, now):
        self.limit, self.period, self.units, self.at = limit, period, Fraction(limit), now

    def wait(self, cost, now):
        """The milliseconds until `cost` can be taken; 0 when it is taken."""
        self.units = min(Fraction(self.limit), self.units + Fraction((now - self.at) * self.limit, self.period))
        self.at = now
        if self.units >= cost:
            self.units -= cost
            return 0
        return -(-(cost - self.units) * self.period // self.limit)  # rounded up


def most_in_any_window(log, limit, period):
    """The greatest excess of `log`, sorted (milliseconds, cost), over what its windows may hold; 0 or less when all is well."""
    worst, taken, least = Fraction(-limit), 0, None
    for at, cost in log:
        before = taken - Fraction(at * limit, period)
        least = before if least is None else min(least, before)
        taken += cost
        worst = max(worst, taken - Fraction(at * limit, period) - least - limit)
    return worst


def take(path, takes):
    """A process that takes as fast as it can until it has had something so many times, and prints when."""
    connection = connect(path, isolation_level=None)
    connection.execute("SELECT kv_busy_timeout(60000)")
    chance = random.Random(os.getpid())
    left = int(takes)
    print("ready", flush=True)
    sys.stdin.readline()
    while left > 0:
        cost = chance.randint(1, 3)
        connection.execute("BEGIN IMMEDIATE")
        (wait,) = connection.execute("SELECT rate_take('shared', 70, '300ms', ?)", (cost,)).fetchone()
        (at,) = connection.execute("SELECT updated_at FROM kv_rate").fetchone()
        connection.execute("COMMIT")
        if wait == 0:
            print(round(at * 1000), cost)
            left -= 1
        elif chance.random() < 0.5:
            time.sleep(wait)


class Rates(unittest.TestCase):
    def compare(self, connection, limit, period, operations, chance):
        """Takes at random moments, by a clock that stands still or runs; returns what was taken."""
        name, now, log = f"{limit} in {period}", START + chance.randint(0, 999), []
        bucket = Bucket(limit, period, now)
        sql = "SELECT rate_take(?, ?, ?, ?) FROM (SELECT kv_clock(?) AS now) WHERE now > 0"
        wait = 0
        for _ in range(operations):
            kind = chance.random()
            if kind < 0.3:
                now += wait  # as polite as one can be
            elif kind < 0.4:
                now += max(wait - 1, 0)
            elif kind < 0.6:
                now += chance.randint(0, 2 + 2 * period // limit)
            elif kind < 0.61:
                now += chance.randint(0, 2 * period)
            cost = 1 if kind < 0.8 else chance.randint(0, limit)
            got = connection.execute(sql, (name, limit, period / 1000, cost, now / 1000)).fetchone()[0]
            wait = bucket.wait(cost, now)
            self.assertEqual(round(got * 1000), wait, (name, cost, now))
            if wait == 0:
                log.append((now, cost))
        return log

    def test_random_takes_agree_with_the_definition(self):
        connection = connect(":memory:", isolation_level=None)
        chance = random.Random(1)
        for limit, period in ((3, 1000), (1, 1000), (7, 1000), (5, 7), (1000, 1000), (999_983, 1000), (10**9 + 7, 86_400_000), (17, 3_600_000),
                              (64, 1), (10**12, 2_592_000_000)):
            with self.subTest(limit=limit, period=period):
                log = self.compare(connection, limit, period, 12_000 if THOROUGH else 2_500, chance)
                self.assertLessEqual(most_in_any_window(log, limit, period), 0)
                self.assertGreater(len(log), 200)

    def test_thirds_do_not_drift(self):
        """Many takes, each as early as it may be, are paid off to the millisecond."""
        takes = 1_000_000 if THOROUGH else 30_000
        connection = connect(":memory:", isolation_level=None)
        rows = connection.execute("""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
            SELECT count(*), sum(rate_take('third', 3, '1s') > 0) FROM n
            WHERE kv_clock(1.7e9 + (max(i - 2, 0) * 1000 + 2) / 3 / 1000.0)""", (takes,)).fetchone()
        self.assertEqual(rows, (takes, 0))
        paid_off = connection.execute("SELECT allowed_at - 1.7e9 FROM larder_rate").fetchone()[0]
        self.assertEqual(round(paid_off * 1000), -(-takes * 1000 // 3))

    def test_processes_together_take_no_more(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "test.db")
            takers = [subprocess.Popen([sys.executable, __file__, "take", path, str(TAKES)], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)]
            for taker in takers:
                self.assertEqual(taker.stdout.readline(), "ready\n")
            outputs = []
            for taker in takers:
                taker.stdin.write("go\n")
                taker.stdin.flush()
            for taker in takers:
                outputs.append(taker.communicate()[0])
                self.assertEqual(taker.returncode, 0)
        log = sorted(tuple(map(int, line.split())) for output in outputs for line in output.splitlines())
        self.assertEqual(len(log), PROCESSES * TAKES)
        self.assertLessEqual(most_in_any_window(log, 70, 300), 0)
        self.assertGreater(sum(cost for _, cost in log), 2 * 70, "more than the bucket holds: some had to wait")


if __name__ == "__main__":
    if sys.argv[1:2] == ["take"]:
        take(*sys.argv[2:])
    else:
        unittest.main(argv=sys.argv[:1])
