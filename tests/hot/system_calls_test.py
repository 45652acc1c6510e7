#!/usr/bin/env python3
"""A hot hit makes no system call: 101,000 of them make as many as 1,000 do. kv_wait() makes none but its sleeps, in WAL mode. Needs
strace; without it CTest skips this test."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from larder_python import connect  # noqa: E402
from skipping import lacks, skip  # noqa: E402

MOST_BY_CHANCE = 20  # the interpreter may ask for memory once more, or once less
CALLS = {
    "hit": "SELECT cache_get('k')",
    "large hit": "SELECT cache_get('large')",
    "miss": "SELECT cache_get('absent')",
    "has and ttl": "SELECT cache_has('k'), cache_ttl('k')",
    "ledger": "SELECT ledger_seen('import', 'id')",
    "statement of many": "SELECT sum(length(cache_get('k'))) FROM (WITH RECURSIVE n(n) AS "
    "(SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 1000) SELECT n FROM n)",
}


# What waits, and what sleeping is.
SHORT_WAIT, LONG_WAIT = "SELECT kv_wait(0.02)", "SELECT kv_wait(0.5)"
SLEEPS = {"nanosleep", "clock_nanosleep"}


def hits(connection):
    return connection.execute("SELECT value FROM kv_stats WHERE name = 'hot_hits'").fetchone()[0]


def ask(path, sql, times):
    """What runs under strace: asks, and proves that the answers came from memory."""
    connection = connect(path, isolation_level=None)
    for _ in range(5):
        connection.execute(sql).fetchall()
    before = hits(connection)
    for _ in range(times):
        connection.execute(sql).fetchall()
    assert sql in (SHORT_WAIT, LONG_WAIT) or hits(connection) - before >= times, f"{hits(connection) - before} hot hits of {times}"


def system_calls(path, sql, times):
    """How many system calls a process makes that asks so often, by kind."""
    with tempfile.NamedTemporaryFile() as output:
        command = ["strace", "-f", "-c", "-o", output.name, sys.executable, __file__, path, sql, str(times)]
        run = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        table = open(output.name, encoding="utf-8").read()
    assert run.returncode == 0, run.stderr
    counts = {}
    for line in table.splitlines():
        row = re.match(r"\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$", line)
        if row and row[2] != "total":
            counts[row[2]] = int(row[1])
    return counts


def waiting_only_sleeps(path):
    """A long wait sleeps more often than a short one, and does nothing else more often."""
    short, long = system_calls(path, SHORT_WAIT, 1), system_calls(path, LONG_WAIT, 1)
    more = {call: number - short.get(call, 0) for call, number in long.items() if number != short.get(call, 0)}
    sleeps = sum(more.pop(call, 0) for call in SLEEPS)
    print(f"waiting: {sleeps} sleeps more in a longer wait, and of other system calls {more}")
    return sleeps > 100 and abs(sum(more.values())) <= MOST_BY_CHANCE


def main():
    if os.environ.get("LARDER_PRELOAD"):
        skip("a sanitizer makes system calls of its own")
    if shutil.which("strace") is None:
        lacks("there is no strace: .ci/deps test installs it")
    probe = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, text=True)
    if probe.returncode != 0:
        skip(f"strace may not trace here: {probe.stderr}")
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "db")
        connection = connect(path, isolation_level=None)
        connection.execute("SELECT cache_set('k', 'value'), cache_set('large', printf('%.*c', 4096, 'x')), ledger_mark('import', 'id')")
        for name, sql in CALLS.items():
            times = 100 if name == "statement of many" else 100_000
            few, many = system_calls(path, sql, 1000), system_calls(path, sql, 1000 + times)
            more = sum(many.values()) - sum(few.values())
            print(f"{name}: {sum(few.values())} system calls with 1,000 calls, {sum(many.values())} with {1000 + times:,}")
            if abs(more) > MOST_BY_CHANCE:
                failed = True
                print("FAIL:", {call: many[call] - few.get(call, 0) for call in many if many[call] != few.get(call, 0)})
        failed = failed or not waiting_only_sleeps(path)
    sys.exit(failed)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        ask(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        main()
